package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.tree.Block;
import org.tandem.api.document.tree.BlockTree;

/**
 * Which line of a page each line stands for that was read back from the page's Markdown. In tables
 * the place tells, as they are read back row by row and column by column; between them the text.
 */
final class ShownLines {

  /** Where a line stands in the tables of a page, counted from 0. */
  record Place(int table, int row, int column, int line) {}

  private final List<Delta> base;
  private final List<Delta> shown;
  private final List<Optional<Place>> basePlaces;
  private final List<Optional<Place>> shownPlaces;
  private final Map<Place, Integer> lineOfPlace = new HashMap<>();
  private final int[] match;

  /**
   * @param tables whether the tables of both are the same
   */
  ShownLines(Delta base, Delta shown, boolean tables) {
    this.base = Lines.of(base);
    this.shown = Lines.of(shown);
    basePlaces = tables ? places(base) : Collections.nCopies(this.base.size(), Optional.empty());
    shownPlaces = tables ? places(shown) : Collections.nCopies(this.shown.size(), Optional.empty());
    for (int line = 0; line < basePlaces.size(); line++) {
      int at = line;
      basePlaces.get(line).ifPresent(place -> lineOfPlace.put(place, at));
    }
    match = new int[this.shown.size()];
    matchParts();
  }

  /** For each shown line the line of the page that it stands for, or -1; these ascend. */
  int[] baseOfShown() {
    int[] pairs = LineMatch.replaced(match, base.size());
    for (int line = 0; line < pairs.length; line++) {
      pairs[line] = isInTable(line) ? match[line] : pairs[line];
    }
    return pairs;
  }

  /** Whether a shown line and the page's say the same, so that a change of one fits the other. */
  boolean saysTheSame(int shownLine, int baseLine) {
    return Lines.bare(shown.get(shownLine)).equals(Lines.bare(base.get(baseLine)));
  }

  /** Whether a shown line stands for a gap of a table, which has none. */
  boolean isGap(int shownLine) {
    return shownPlaces.get(shownLine).filter(place -> !lineOfPlace.containsKey(place)).isPresent();
  }

  private boolean isInTable(int shownLine) {
    return shownPlaces.get(shownLine).isPresent();
  }

  private static List<Optional<Place>> places(Delta page) {
    List<Optional<Place>> places = new ArrayList<>();
    int number = 0;
    for (Block block : BlockTree.of(page)) {
      if (block instanceof Block.Table table) {
        places(table, number++, places);
      } else {
        places.addAll(Collections.nCopies(lines(List.of(block)), Optional.empty()));
      }
    }
    return places;
  }

  private static void places(Block.Table table, int number, List<Optional<Place>> places) {
    for (int row = 0; row < table.rows().size(); row++) {
      for (int column = 0; column < table.columns().size(); column++) {
        int lines = lines(table.rows().get(row).cells().get(column).blocks());
        for (int line = 0; line < lines; line++) {
          places.add(Optional.of(new Place(number, row, column, line)));
        }
      }
    }
  }

  private static int lines(List<Block> blocks) {
    return org.tandem.api.document.tree.Lines.of(blocks).size();
  }

  /** Goes over what stands between tables, and over the tables. */
  private void matchParts() {
    int b = 0;
    int s = 0;
    while (s < shown.size()) {
      int baseEnd = endOfText(basePlaces, b);
      int shownEnd = endOfText(shownPlaces, s);
      int[] part = LineMatch.of(bare(base.subList(b, baseEnd)), bare(shown.subList(s, shownEnd)));
      for (int i = 0; i < part.length; i++) {
        match[s + i] = part[i] < 0 ? -1 : b + part[i];
      }
      b = endOfTable(basePlaces, baseEnd);
      s = endOfTable(shownPlaces, shownEnd);
      for (int line = shownEnd; line < s; line++) {
        match[line] = lineOfPlace.getOrDefault(shownPlaces.get(line).orElseThrow(), -1);
      }
    }
  }

  private static List<List<Object>> bare(List<Delta> lines) {
    return lines.stream().map(Lines::bare).toList();
  }

  private static int endOfText(List<Optional<Place>> places, int start) {
    int end = start;
    while (end < places.size() && places.get(end).isEmpty()) {
      end++;
    }
    return end;
  }

  private static int endOfTable(List<Optional<Place>> places, int start) {
    int end = start;
    while (end < places.size()
        && places.get(end).map(Place::table).equals(places.get(start).map(Place::table))) {
      end++;
    }
    return end;
  }
}

package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.host.UserId;

/**
 * Enters an edited Markdown text into the document that it was made from, so that what Markdown
 * cannot say (empty lines, indented paragraphs, formats of plugins, ids of tables) stays wherever
 * the text was not changed.
 *
 * <p>The document is first written as Markdown and read back: what differs between that and the new
 * text is the person's change, line by line. A line that she left alone is the document's own line;
 * a line that she changed is the document's line with her change; all others are new. Tables are
 * known again by {@link CarriedTables}.
 */
public final class MarkdownEdit {

  /** Why a text is not entered, as a sentence to the person. */
  public static final String PROBLEM =
      "The page as Markdown has a paragraph with too many marks, or tables with too many cells:"
          + " split it, or edit the page in the editor.";

  private final List<Delta> base;
  private final List<Delta> shown;
  private final List<Delta> edited;

  private final ShownLines lines;

  /** For each shown line the line of the base that it stands for, or -1. */
  private final int[] baseOfShown;

  /** The lines of the base that are shown. */
  private final BitSet shownOfBase = new BitSet();

  private final List<Delta> result = new ArrayList<>();
  private int lastBase = -1;

  private MarkdownEdit(Delta base, Delta shown, Delta edited, NewIds newIds) {
    CarriedTables tables = new CarriedTables(base, shown, newIds);
    lines = new ShownLines(base, shown, tables.complete());
    this.base = Lines.of(base);
    this.shown = Lines.of(tables.carryTo(shown));
    this.edited = Lines.of(tables.carryTo(edited));
    baseOfShown = lines.baseOfShown();
    for (int line : baseOfShown) {
      if (line >= 0) {
        shownOfBase.set(line);
      }
    }
  }

  /**
   * The document that the edited text means. Empty, for {@link #PROBLEM}, when a block of either
   * text could only be read as plain text: its marks would be taken for what the person wrote.
   *
   * @param written the document as Markdown, as the person was given it
   */
  public static Optional<Delta> apply(Delta base, String written, String markdown, UserId author) {
    if (written.equals(markdown)) {
      return Optional.of(base);
    }
    NewIds newIds = new NewIds(author + "\n" + markdown);
    return Markdown.readWhole(written)
        .flatMap(
            shown ->
                Markdown.readWhole(markdown).map(edited -> apply(base, shown, edited, newIds)));
  }

  private static Delta apply(Delta base, Delta shown, Delta edited, NewIds newIds) {
    if (shown.equals(edited)) {
      return base;
    }
    Delta merged = new MarkdownEdit(TableOrder.rowByRow(base), shown, edited, newIds).merged();
    return TableOrder.asIn(base, merged);
  }

  /** Gaps stay gaps, unless a line that was moved or went had given its table the order. */
  private Delta merged() {
    Delta merged = merged(true);
    return CarriedTables.sameShape(merged, Lines.join(edited)) ? merged : merged(false);
  }

  private Delta merged(boolean withGaps) {
    result.clear();
    lastBase = -1;
    int[] shownOfEdited = LineMatch.paired(LineMatch.of(shown, edited), shown.size());
    for (int line = 0; line < edited.size(); line++) {
      enter(edited.get(line), shownOfEdited[line], withGaps);
    }
    keepUnshown(base.size());
    return Lines.join(result);
  }

  /**
   * @param from the shown line that the edited one was, or -1
   */
  private void enter(Delta line, int from, boolean withGaps) {
    boolean untouched = from >= 0 && shown.get(from).equals(line);
    int own = from >= 0 ? baseOfShown[from] : -1;
    if (own >= 0 && untouched) {
      keep(own, Delta.EMPTY);
    } else if (own >= 0 && lines.saysTheSame(from, own) && isInOneCell(line, shown.get(from))) {
      keep(own, shown.get(from).diff(line));
    } else if (!(withGaps && untouched && lines.isGap(from))) {
      result.add(line);
      lastBase = base.size();
    }
  }

  /** What a line is in a cell, Markdown does not say; it goes nowhere else. */
  private static boolean isInOneCell(Delta line, Delta other) {
    return Lines.cell(line).equals(Lines.cell(other));
  }

  private void keep(int line, Delta change) {
    keepUnshown(line);
    result.add(base.get(line).compose(change));
    lastBase = line;
  }

  /** Lines that Markdown does not show stay between the neighbours that they had. */
  private void keepUnshown(int next) {
    int shownNext = shownOfBase.nextSetBit(lastBase + 1);
    if (lastBase < next && (shownNext < 0 || shownNext >= next)) {
      result.addAll(base.subList(lastBase + 1, next));
    }
  }
}

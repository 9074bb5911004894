package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Markdown;

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

  private final List<Delta> base;
  private final List<Delta> shown;
  private final List<Delta> edited;

  /** For each shown line the line of the base that says the same, or -1. */
  private final int[] sameOfShown;

  /** For each shown line the line of the base that it stands for, or -1. */
  private final int[] baseOfShown;

  /** The lines of the base that are shown. */
  private final BitSet shownOfBase = new BitSet();

  /** The shown lines that stand for nothing: gaps of tables. */
  private final BitSet gaps;

  private final List<Delta> result = new ArrayList<>();
  private int lastBase = -1;

  private MarkdownEdit(Delta base, Delta shown, BitSet gaps, Delta edited) {
    this.base = Lines.of(base);
    this.shown = Lines.of(shown);
    this.edited = Lines.of(edited);
    this.gaps = gaps;
    sameOfShown =
        LineMatch.of(
            this.base.stream().map(Lines::bareInCell).toList(),
            IntStream.range(0, this.shown.size()).mapToObj(this::bare).toList());
    baseOfShown = LineMatch.replaced(sameOfShown, this.base.size());
    for (int line : baseOfShown) {
      if (line >= 0) {
        shownOfBase.set(line);
      }
    }
  }

  /** The document that the edited text means. */
  public static Delta apply(Delta base, String markdown) {
    Delta shown = Markdown.read(Markdown.write(base));
    Delta edited = Markdown.read(markdown);
    if (shown.equals(edited)) {
      return base;
    }
    CarriedTables tables = new CarriedTables(base, shown);
    BitSet gaps = tables.gaps(shown);
    return new MarkdownEdit(base, tables.carryTo(shown), gaps, tables.carryTo(edited)).merged();
  }

  /** What a shown line is known by in the base. */
  private List<Object> bare(int line) {
    return gaps.get(line) ? List.of() : Lines.bareInCell(shown.get(line));
  }

  private Delta merged() {
    int[] shownOfEdited = LineMatch.paired(LineMatch.of(shown, edited), shown.size());
    for (int line = 0; line < edited.size(); line++) {
      int from = shownOfEdited[line];
      boolean untouched = from >= 0 && shown.get(from).equals(edited.get(line));
      if (from >= 0 && sameOfShown[from] >= 0) {
        keep(sameOfShown[from], shown.get(from).diff(edited.get(line)));
      } else if (untouched && baseOfShown[from] >= 0) {
        keep(baseOfShown[from], Delta.EMPTY);
      } else if (!untouched || !gaps.get(from)) {
        result.add(edited.get(line));
        lastBase = base.size();
      }
    }
    keepUnshown(base.size());
    return Lines.join(result);
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

package org.tandem.wiki.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Markdown;

/**
 * Enters an edited Markdown text into the document that it was made from, so that what Markdown
 * cannot say (empty lines, indented paragraphs, formats of plugins) stays wherever the text was not
 * changed.
 *
 * <p>The document is first written as Markdown and read back: what differs between that and the new
 * text is the person's change, line by line. A line that she left alone is the document's own line;
 * a line that she changed is the document's line with her change; all others are new.
 */
public final class MarkdownEdit {

  private final List<Delta> base;
  private final List<Delta> shown;
  private final List<Delta> edited;

  /** For each shown line the line of the base that it shows, or -1. */
  private final int[] baseOfShown;

  private final List<Delta> result = new ArrayList<>();
  private int lastBase = -1;

  private MarkdownEdit(Delta base, Delta shown, Delta edited) {
    this.base = Lines.of(base);
    this.shown = Lines.of(shown);
    this.edited = Lines.of(edited);
    this.baseOfShown =
        LineMatch.of(
            this.base.stream().map(Lines::bare).toList(),
            this.shown.stream().map(Lines::bare).toList());
  }

  /** The document that the edited text means. */
  public static Delta apply(Delta base, String markdown) {
    Delta shown = Markdown.read(Markdown.write(base));
    Delta edited = Markdown.read(markdown);
    return shown.equals(edited) ? base : new MarkdownEdit(base, shown, edited).merged();
  }

  private Delta merged() {
    int[] shownOfEdited = paired(LineMatch.of(shown, edited));
    for (int line = 0; line < edited.size(); line++) {
      int from = shownOfEdited[line];
      if (from >= 0 && baseOfShown[from] >= 0) {
        keep(baseOfShown[from], shown.get(from).diff(edited.get(line)));
      } else {
        result.add(edited.get(line));
        lastBase = base.size();
      }
    }
    keepUnshown(base.size());
    return Lines.join(result);
  }

  /** Lines that stand between matched ones are taken for changed ones, in their order. */
  private int[] paired(int[] match) {
    int[] pairs = Arrays.copyOf(match, match.length);
    int nextShown = 0;
    for (int line = 0; line < match.length; line++) {
      if (match[line] >= 0) {
        nextShown = match[line] + 1;
      } else if (nextShown < limit(match, line)) {
        pairs[line] = nextShown++;
      }
    }
    return pairs;
  }

  private int limit(int[] match, int line) {
    return Arrays.stream(match, line, match.length)
        .filter(i -> i >= 0)
        .findFirst()
        .orElse(shown.size());
  }

  private void keep(int line, Delta change) {
    keepUnshown(line);
    result.add(base.get(line).compose(change));
    lastBase = line;
  }

  /** Lines that Markdown does not show stay between the neighbours that they had. */
  private void keepUnshown(int next) {
    boolean allUnshown =
        lastBase < next
            && Arrays.stream(baseOfShown).noneMatch(shows -> shows > lastBase && shows < next);
    if (allUnshown) {
      result.addAll(base.subList(lastBase + 1, next));
    }
  }
}

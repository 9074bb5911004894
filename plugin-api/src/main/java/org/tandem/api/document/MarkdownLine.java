package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;

/**
 * Writes a line's runs of text as CommonMark that reads back as the same runs.
 *
 * <p>Whether {@code **} opens or closes depends on its neighbours: blank, punctuation or letter.
 * Where the neighbour is of the wrong kind it is written as a character reference ({@code &#32;}),
 * which counts as punctuation and means the same character.
 */
final class MarkdownLine {

  /** An inline format as delimiters, or as the ends of a link. */
  private record Mark(String open, String close) {

    static final Mark BOLD = new Mark("**", "**");
    static final Mark ITALIC = new Mark("_", "_");
    static final Mark STRIKE = new Mark("~~", "~~");
    static final Mark UNDERLINE = new Mark("<u>", "</u>");

    static Mark link(String address) {
      return new Mark("[", "](" + MarkdownText.address(address) + ")");
    }

    /** Whether it is read by the rule of flanking delimiters. */
    boolean flanks() {
      return open.equals(close);
    }
  }

  /** Text of one format. */
  private record Run(String text, boolean code, List<Mark> marks) {}

  private final List<Run> runs;
  private final StringBuilder line = new StringBuilder();

  private MarkdownLine(List<Run> runs) {
    this.runs = runs;
  }

  static String of(List<Op> content) {
    return new MarkdownLine(runs(content)).write();
  }

  private static List<Run> runs(List<Op> content) {
    List<Run> runs = new ArrayList<>();
    for (Op op : content) {
      String text =
          op instanceof Op.Insert insert ? insert.text() : "[" + ((Op.Embed) op).type() + "]";
      boolean code = Boolean.TRUE.equals(op.attributes().get("code"));
      Run run = new Run(text, code, marks(op.attributes()));
      Run before = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (before != null && before.code() == code && before.marks().equals(run.marks())) {
        runs.set(runs.size() - 1, new Run(before.text() + text, code, run.marks()));
      } else {
        runs.add(run);
      }
    }
    return runs;
  }

  private static List<Mark> marks(Attributes attributes) {
    List<Mark> marks = new ArrayList<>();
    if (attributes.get("link") instanceof String address && Links.allowed(address)) {
      marks.add(Mark.link(address));
    }
    mark(attributes, "bold", Mark.BOLD, marks);
    mark(attributes, "italic", Mark.ITALIC, marks);
    mark(attributes, "underline", Mark.UNDERLINE, marks);
    mark(attributes, "strike", Mark.STRIKE, marks);
    return marks;
  }

  private static void mark(Attributes attributes, String name, Mark mark, List<Mark> marks) {
    if (Boolean.TRUE.equals(attributes.get(name))) {
      marks.add(mark);
    }
  }

  private String write() {
    Border left = border(-1);
    for (int i = 0; i < runs.size(); i++) {
      left.write(line);
      Border right = border(i);
      Run run = runs.get(i);
      line.append(
          run.code()
              ? MarkdownText.code(run.text())
              : MarkdownText.escaped(run.text(), left.referAfter, right.referBefore, at(i)));
      left = right;
    }
    left.write(line);
    return line.toString();
  }

  private MarkdownText.Place at(int run) {
    boolean first = run == 0 && runs.get(0).marks().isEmpty();
    boolean last = run == runs.size() - 1;
    return new MarkdownText.Place(first, last);
  }

  /** What stands between a run, or the line's start, and the next. */
  private Border border(int run) {
    List<Mark> before = run < 0 ? List.of() : runs.get(run).marks();
    List<Mark> after = run + 1 < runs.size() ? runs.get(run + 1).marks() : List.of();
    int kept = 0;
    while (kept < Math.min(before.size(), after.size())
        && before.get(kept).equals(after.get(kept))) {
      kept++;
    }
    Border border = new Border();
    for (int i = before.size() - 1; i >= kept; i--) {
      border.add(before.get(i), false);
    }
    after.subList(kept, after.size()).forEach(mark -> border.add(mark, true));
    border.settle(run < 0 ? Kind.BLANK : last(runs.get(run)), first(run + 1));
    return border;
  }

  private Kind first(int run) {
    if (run == runs.size()) {
      return Kind.BLANK;
    }
    return runs.get(run).code() ? Kind.PUNCTUATION : Kind.of(runs.get(run).text().codePointAt(0));
  }

  private static Kind last(Run run) {
    return run.code()
        ? Kind.PUNCTUATION
        : Kind.of(run.text().codePointBefore(run.text().length()));
  }

  /** What CommonMark's delimiters see in a neighbour. */
  enum Kind {
    BLANK,
    PUNCTUATION,
    LETTER;

    static Kind of(int character) {
      return switch (Character.getType(character)) {
        case Character.SPACE_SEPARATOR, Character.CONTROL -> BLANK;
        case Character.CONNECTOR_PUNCTUATION,
                Character.DASH_PUNCTUATION,
                Character.START_PUNCTUATION,
                Character.END_PUNCTUATION,
                Character.INITIAL_QUOTE_PUNCTUATION,
                Character.FINAL_QUOTE_PUNCTUATION,
                Character.OTHER_PUNCTUATION,
                Character.MATH_SYMBOL,
                Character.CURRENCY_SYMBOL,
                Character.MODIFIER_SYMBOL,
                Character.OTHER_SYMBOL ->
            PUNCTUATION;
        default -> LETTER;
      };
    }
  }

  /** The delimiters between two runs, and which of the characters beside them are references. */
  private static final class Border {

    private final List<Mark> marks = new ArrayList<>();
    private final List<Boolean> opens = new ArrayList<>();
    private boolean referBefore;
    private boolean referAfter;

    void add(Mark mark, boolean open) {
      marks.add(mark);
      opens.add(open);
    }

    void write(StringBuilder line) {
      for (int i = 0; i < marks.size(); i++) {
        line.append(opens.get(i) ? marks.get(i).open() : marks.get(i).close());
      }
    }

    void settle(Kind before, Kind after) {
      if (marks.isEmpty()) {
        return;
      }
      int last = marks.size() - 1;
      // An opening delimiter takes no blank after it, a closing one none before it.
      referBefore = before == Kind.BLANK && closes(0);
      referAfter = after == Kind.BLANK && opens(last);
      Kind left = referBefore ? Kind.PUNCTUATION : before;
      Kind right = referAfter ? Kind.PUNCTUATION : after;
      boolean alone = last == 0 && left == Kind.LETTER && right == Kind.LETTER;
      boolean inWord = alone && !marks.get(0).open().equals("_");
      if (!inWord) {
        // Beside a letter the other side of a delimiter must be a letter too.
        referBefore |= left == Kind.LETTER && opens(0);
        referAfter |= right == Kind.LETTER && closes(last);
      }
    }

    private boolean opens(int mark) {
      return opens.get(mark) && marks.get(mark).flanks();
    }

    private boolean closes(int mark) {
      return !opens.get(mark) && marks.get(mark).flanks();
    }
  }
}

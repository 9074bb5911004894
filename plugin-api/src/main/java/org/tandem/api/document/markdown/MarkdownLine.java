package org.tandem.api.document.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.Links;

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

  /** Text of one format, and which of its ends are written as references. */
  private static final class Run {

    private final String text;
    private final boolean code;
    private final List<Mark> marks;
    private boolean firstReferred;
    private boolean lastReferred;

    Run(String text, boolean code, List<Mark> marks) {
      this.text = text;
      this.code = code;
      this.marks = marks;
    }

    Kind first() {
      return code || firstReferred ? Kind.PUNCTUATION : Kind.of(text.codePointAt(0));
    }

    Kind last() {
      return code || lastReferred ? Kind.PUNCTUATION : Kind.of(text.codePointBefore(text.length()));
    }

    void referFirst() {
      firstReferred = true;
      lastReferred |= isSingle();
    }

    void referLast() {
      lastReferred = true;
      firstReferred |= isSingle();
    }

    private boolean isSingle() {
      return text.length() == Character.charCount(text.codePointAt(0));
    }
  }

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
      if (before != null && before.code == code && before.marks.equals(run.marks)) {
        runs.set(runs.size() - 1, new Run(before.text + text, code, run.marks));
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
    List<Border> borders = IntStream.rangeClosed(0, runs.size()).mapToObj(this::border).toList();
    // A reference is punctuation to the next border, which may then ask for one in turn.
    boolean settled;
    do {
      settled = borders.stream().filter(Border::settle).count() == 0;
    } while (!settled);
    borders.get(0).write(line);
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      line.append(
          run.code
              ? MarkdownText.code(run.text)
              : MarkdownText.escaped(run.text, run.firstReferred, run.lastReferred, at(i)));
      borders.get(i + 1).write(line);
    }
    // A line that starts like a definition of a link would be one: code in a link may look so.
    boolean defines = line.indexOf("[") == 0 && line.indexOf("]:") > 0;
    return defines ? "<u></u>" + line : line.toString();
  }

  private MarkdownText.Place at(int run) {
    boolean first = run == 0 && runs.get(0).marks.isEmpty();
    boolean last = run == runs.size() - 1;
    return new MarkdownText.Place(first, last);
  }

  /** What stands before a run, or before the line's end. */
  private Border border(int at) {
    Run before = at == 0 ? null : runs.get(at - 1);
    Run after = at == runs.size() ? null : runs.get(at);
    List<Mark> ending = before == null ? List.of() : before.marks;
    List<Mark> starting = after == null ? List.of() : after.marks;
    int kept = 0;
    while (kept < Math.min(ending.size(), starting.size())
        && ending.get(kept).equals(starting.get(kept))) {
      kept++;
    }
    Border border = new Border(before, after);
    for (int i = ending.size() - 1; i >= kept; i--) {
      border.add(ending.get(i), false);
    }
    starting.subList(kept, starting.size()).forEach(mark -> border.add(mark, true));
    return border;
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

  /** The delimiters between two runs; a line's end is as good as a blank. */
  private static final class Border {

    private final @Nullable Run before;
    private final @Nullable Run after;
    private final List<Mark> marks = new ArrayList<>();
    private final List<Boolean> opens = new ArrayList<>();

    Border(@Nullable Run before, @Nullable Run after) {
      this.before = before;
      this.after = after;
    }

    void add(Mark mark, boolean open) {
      marks.add(mark);
      opens.add(open);
    }

    void write(StringBuilder line) {
      for (int i = 0; i < marks.size(); i++) {
        line.append(opens.get(i) ? marks.get(i).open() : marks.get(i).close());
      }
    }

    /** Makes the characters at the border fit the delimiters; whether one had to change. */
    boolean settle() {
      boolean wasBefore = before != null && fitLast(before);
      boolean wasAfter = after != null && fitFirst(after);
      return wasBefore || wasAfter;
    }

    private boolean fitLast(Run run) {
      boolean misfit =
          run.last() == Kind.BLANK && closes(0)
              || run.last() == Kind.LETTER && opens(0) && !inWord();
      if (misfit) {
        run.referLast();
      }
      return misfit;
    }

    private boolean fitFirst(Run run) {
      int last = marks.size() - 1;
      boolean misfit =
          run.first() == Kind.BLANK && opens(last)
              || run.first() == Kind.LETTER && closes(last) && !inWord();
      if (misfit) {
        run.referFirst();
      }
      return misfit;
    }

    /** Whether all stands between two letters, where one delimiter of any kind but _ works. */
    private boolean inWord() {
      return marks.size() == 1
          && !marks.get(0).equals(Mark.ITALIC)
          && before != null
          && before.last() == Kind.LETTER
          && after != null
          && after.first() == Kind.LETTER;
    }

    private boolean opens(int mark) {
      return !marks.isEmpty() && opens.get(mark) && marks.get(mark).flanks();
    }

    private boolean closes(int mark) {
      return !marks.isEmpty() && !opens.get(mark) && marks.get(mark).flanks();
    }
  }
}

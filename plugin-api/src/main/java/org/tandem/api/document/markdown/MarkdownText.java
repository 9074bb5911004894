package org.tandem.api.document.markdown;

import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The escapers of Markdown: text, code spans and addresses of links. */
final class MarkdownText {

  private static final Pattern STARTS_BLOCK =
      Pattern.compile("(?<number>[0-9]{1,9})[.)].*|[#>+=-].*", Pattern.DOTALL);

  /** Below a line of text with a pipe in it this would make both the head of a table. */
  private static final Pattern TABLE_RULE = Pattern.compile("[-|: \\t]++");

  private static final Pattern TICKS = Pattern.compile("`+");

  /**
   * @param start whether the text stands at the start of a line
   * @param end whether it stands at the end
   */
  record Place(boolean start, boolean end) {}

  private MarkdownText() {}

  /**
   * @param referFirst whether the first character is written as a reference
   * @param referLast whether the last one is
   */
  static String escaped(String text, boolean referFirst, boolean referLast, Place place) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    int block = place.start() ? blockMark(text) : -1;
    boolean rule = TABLE_RULE.matcher(text).matches();
    // A letter that is written as a reference is punctuation to what stands beside it.
    int wordsFrom = referFirst ? text.offsetByCodePoints(0, 1) : 0;
    int wordsTo = referLast ? text.offsetByCodePoints(text.length(), -1) : text.length();
    int character;
    for (int i = 0; i < text.length(); i += Character.charCount(character)) {
      character = text.codePointAt(i);
      boolean first = i == 0;
      boolean last = i + Character.charCount(character) == text.length();
      boolean edge = first && place.start() || last && place.end();
      if (first && referFirst
          || last && referLast
          || edge && MarkdownLine.Kind.of(character) == MarkdownLine.Kind.BLANK) {
        escaped.append("&#").append(character).append(';');
        continue;
      }
      if (i == block
          || isSpecial(text, i)
          || character == '_' && !isInWord(text, i, wordsFrom, wordsTo)
          || rule && character == '|'
          || last && place.end() && character == '#') {
        escaped.append('\\');
      }
      escaped.appendCodePoint(character);
    }
    return escaped.toString();
  }

  /** Where the text's start would begin another block; -1 for nowhere. */
  private static int blockMark(String text) {
    Matcher block = STARTS_BLOCK.matcher(text);
    if (!block.matches()) {
      return -1;
    }
    return block.group("number") == null ? 0 : block.end("number");
  }

  private static boolean isSpecial(String text, int at) {
    return switch (text.charAt(at)) {
      case '\\', '`', '*', '[', ']', '<', '~' -> true;
      case '!' -> at + 1 == text.length();
      case '&' -> at + 1 == text.length() || isLetter(text, at + 1) || text.charAt(at + 1) == '#';
      default -> false;
    };
  }

  private static boolean isInWord(String text, int at, int from, int to) {
    return at > from && at + 1 < to && isLetter(text, at - 1) && isLetter(text, at + 1);
  }

  private static boolean isLetter(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  /** The lengths of the runs of ticks in a text. */
  static Set<Integer> ticks(CharSequence text) {
    return TICKS.matcher(text).results().map(run -> run.end() - run.start()).collect(toSet());
  }

  /** A code span, fenced by as many ticks as no run of ticks in it has. */
  static String code(String text) {
    Set<Integer> runs = ticks(text);
    int fence = 1;
    while (runs.contains(fence)) {
      fence++;
    }
    String ticks = "`".repeat(fence);
    boolean ticked = text.startsWith("`") || text.endsWith("`");
    // Only where all of it is spaces does a reader keep them: a tab among them is no space.
    boolean stripped =
        text.startsWith(" ") && text.endsWith(" ") && !text.chars().allMatch(c -> c == ' ');
    String pad = ticked || stripped ? " " : "";
    return ticks + pad + text + pad + ticks;
  }

  /** An address of a link, which holds no blanks and no angle brackets. */
  static String address(String address) {
    return address.replaceAll("[()&*_`\\[\\]]", "\\\\$0");
  }
}

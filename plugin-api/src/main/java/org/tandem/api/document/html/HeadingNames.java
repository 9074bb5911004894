package org.tandem.api.document.html;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tandem.api.delta.Op;

/** Names for links to the headings of one page, each unique on it. Threads: one. */
final class HeadingNames {

  /** Words in a name. */
  private static final int MOST_WORDS = 12;

  /** Characters of a word. */
  private static final int LONGEST_WORD = 40;

  private final Set<String> given = new HashSet<>();

  /** The number that a name was given last. */
  private final Map<String, Integer> repeats = new HashMap<>();

  String of(List<Op> content) {
    StringBuilder text = new StringBuilder();
    content.forEach(op -> text.append(op instanceof Op.Insert insert ? insert.text() : " "));
    String name = words(text.toString().toLowerCase(Locale.ROOT));
    String unique = name;
    while (!given.add(unique)) {
      unique = name + "-" + repeats.merge(name, 2, (count, two) -> count + 1);
    }
    return unique;
  }

  /** The first words of a text, with hyphens between. */
  private static String words(String text) {
    StringBuilder name = new StringBuilder("h");
    int words = 0;
    int length = 0;
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (!isOfWord(c)) {
        length = 0;
        continue;
      }
      if (length % LONGEST_WORD == 0) {
        if (++words > MOST_WORDS) {
          break;
        }
        name.append('-');
      }
      name.appendCodePoint(c);
      length++;
    }
    return name.toString();
  }

  private static boolean isOfWord(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }
}

package org.tandem.wiki.store;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which a text is found: without letter case, accents and punctuation. The index and
 * the queries use the same ones, whatever language the database was set up for. Scripts that are
 * written without blanks count each character as a word.
 */
public final class SearchWords {

  /** A word as it stands in a text. */
  public record Word(int start, int end, String folded) {}

  // PostgreSQL holds at most 1 MB of words for a text; what lies behind this is not found.
  private static final int INDEXED_CHARACTERS = 250_000;
  private static final int LONGEST_WORD = 200;

  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}]\\p{M}*"
              + "|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}"
              + "\\p{IsLao}\\p{IsKhmer}]]+");
  private static final Pattern UNSEARCHED = Pattern.compile("[^\\p{L}\\p{N}]+");

  private SearchWords() {}

  /** The words of a text in their order. */
  public static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String folded = fold(matcher.group());
      if (!folded.isEmpty()) {
        words.add(new Word(matcher.start(), matcher.end(), folded));
      }
    }
    return words;
  }

  /** What the index holds of a text: its words with blanks between them. */
  public static String indexed(String text) {
    return indexed(text, INDEXED_CHARACTERS);
  }

  /**
   * The same of the beginning of a text.
   *
   * @param most characters of the answer
   */
  public static String indexed(String text, int most) {
    StringBuilder index = new StringBuilder();
    for (Word word : of(text)) {
      if (index.length() + word.folded().length() > most) {
        break;
      }
      index.append(word.folded()).append(' ');
    }
    return index.toString();
  }

  private static String fold(String word) {
    String plain =
        UNSEARCHED.matcher(Normalizer.normalize(word, Normalizer.Form.NFKD)).replaceAll("");
    String lower = plain.toLowerCase(Locale.ROOT);
    return lower.length() > LONGEST_WORD ? cut(lower) : lower;
  }

  private static String cut(String word) {
    int end = Character.isHighSurrogate(word.charAt(LONGEST_WORD - 1)) ? 1 : 0;
    return word.substring(0, LONGEST_WORD - end);
  }
}

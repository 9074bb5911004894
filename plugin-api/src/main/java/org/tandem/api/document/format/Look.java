package org.tandem.api.document.format;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Attributes;
import org.tandem.api.document.format.Format.Place;

/**
 * How one value of a plugin's format is shown: in HTML, in Markdown and as plain text. Immutable.
 *
 * <p>In Markdown a format is said by the wiki's own ones, which every reader of Markdown knows, or
 * not at all. So the text reads back as the same text, and whoever edits a page as Markdown keeps
 * the formats of what she did not touch.
 */
public sealed interface Look {

  /** Characters of each of a look's texts. */
  int MOST_TEXT = 1_000;

  /**
   * Of an inline attribute: wraps the text that has it.
   *
   * @param html a phrase, see {@link Tag#isPhrase}
   * @param markdown the wiki's own inline attributes that stand for it, {@code bold} for example
   * @param before plain text before the text
   * @param after plain text behind the text
   */
  record Inline(Markup.Element html, Attributes markdown, String before, String after)
      implements Look {

    /**
     * @throws IllegalArgumentException if it is not as described
     */
    public Inline {
      require(html.tag().isPhrase() && !html.tag().isEmpty(), "wraps no text: " + html.tag());
      requireOwn(markdown, Place.INLINE);
      requireText(before);
      requireText(after);
    }

    /** One that only HTML shows. */
    public static Inline of(Markup.Element html) {
      return new Inline(html, Attributes.NONE, "", "");
    }
  }

  /**
   * Of a line attribute: wraps the lines that follow each other and have the same value. The wiki's
   * own containers (tables, callouts, quotes) stay around it, and lists in it.
   *
   * @param html takes blocks, see {@link Tag#takesBlocks}
   * @param markdown the wiki's own line attributes that stand for it, {@code callout} for example;
   *     not {@code cell}
   * @param before plain text before each line's text
   * @param after plain text behind each line's text
   */
  record Line(Markup.Element html, Attributes markdown, String before, String after)
      implements Look {

    /**
     * @throws IllegalArgumentException if it is not as described
     */
    public Line {
      require(html.tag().takesBlocks(), "wraps no lines: " + html.tag());
      require(!markdown.has("cell"), "no line is put into a table");
      requireOwn(markdown, Place.LINE);
      requireText(before);
      requireText(after);
    }

    /** One that only HTML shows. */
    public static Line of(Markup.Element html) {
      return new Line(html, Attributes.NONE, "", "");
    }
  }

  /**
   * Of an embed: stands in its place.
   *
   * @param html a phrase, as an embed stands among text
   * @param text what stands for it in Markdown and as plain text, without a newline
   * @param markdown the wiki's own inline attributes of that text in Markdown, {@code link} for
   *     example
   */
  record Thing(Markup html, String text, Attributes markdown) implements Look {

    /**
     * @throws IllegalArgumentException if it is not as described
     */
    public Thing {
      require(
          !(html instanceof Markup.Element element) || element.tag().isPhrase(),
          "does not stand among text");
      require(html.characters() <= Markup.MOST_CHARACTERS, "too long");
      requireOwn(markdown, Place.INLINE);
      requireText(text);
    }

    /** One that is plain text in Markdown. */
    public static Thing of(Markup html, String text) {
      return new Thing(html, text, Attributes.NONE);
    }
  }

  private static void requireOwn(Attributes attributes, Place place) {
    for (Map.Entry<String, @Nullable Object> set : attributes.asMap().entrySet()) {
      Object value = set.getValue();
      Optional<Format> own =
          Formats.builtIn().attribute(set.getKey()).filter(format -> format.place() == place);
      require(
          own.isPresent() && value != null && own.get().allows(value),
          "no format of the wiki's own: " + set);
    }
  }

  private static void requireText(String text) {
    require(
        text.length() <= MOST_TEXT && text.chars().noneMatch(Character::isISOControl),
        "a text of more than one line, or of more than " + MOST_TEXT + " characters");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

package org.tandem.api.document.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a plugin's format looks like in HTML: a small closed structure that the wiki writes itself,
 * each text and value through its escaper. So no rendering, whatever it is made from, breaks out of
 * its place or brings a script along. Immutable.
 */
public sealed interface Markup {

  /** Elements and texts that one structure has at most. */
  int MOST_PARTS = 200;

  /** Characters of texts, values and class names that one structure has at most. */
  int MOST_CHARACTERS = 10_000;

  /** How many elements and texts it is made of. */
  int parts();

  /** How many characters its texts, values and class names have. */
  int characters();

  /**
   * Text as it is read; the wiki escapes it.
   *
   * @param text of any characters
   */
  record Text(String text) implements Markup {

    @Override
    public int parts() {
      return 1;
    }

    @Override
    public int characters() {
      return text.length();
    }
  }

  /**
   * An element.
   *
   * @param tag which one
   * @param classes each of at most 40 lower-case letters, digits and hyphens; {@code warning} of a
   *     format {@code box} is written as {@code x-box-warning}, so that none is the wiki's own or
   *     another format's. The outermost element has {@code x-box} besides.
   * @param attributes of these: {@code title}, {@code lang}, {@code aria-label}, {@code data-...}
   *     (written as {@code data-x-...}); {@code href} of a link, as {@link Links} allows it; {@code
   *     src} of an image, which is page-relative ({@code /...}), and its {@code alt}; {@code
   *     datetime} of a time
   * @param content in order. In an element that wraps something it stands before that.
   */
  record Element(
      Tag tag, List<String> classes, Map<String, String> attributes, List<Markup> content)
      implements Markup {

    private static final Pattern CLASS = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern DATA = Pattern.compile("data-[a-z][a-z0-9-]{0,39}");

    /**
     * @throws IllegalArgumentException if it is not as described, or larger than the bounds
     */
    public Element {
      classes = List.copyOf(classes);
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
      content = List.copyOf(content);
      for (String name : classes) {
        require(CLASS.matcher(name).matches(), "no name of a class: " + name);
      }
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        require(
            isAllowed(tag, attribute.getKey(), attribute.getValue()),
            tag.word() + " has no such attribute: " + attribute);
      }
      require(content.isEmpty() || !tag.isEmpty(), tag.word() + " holds nothing");
      for (Markup part : content) {
        require(
            tag.takesBlocks() || !(part instanceof Element inner) || inner.tag.isPhrase(),
            tag.word() + " holds text only");
      }
      int parts = 1 + content.stream().mapToInt(Markup::parts).sum();
      require(parts <= MOST_PARTS, "more than " + MOST_PARTS + " elements and texts");
      require(
          characters(classes, attributes, content) <= MOST_CHARACTERS,
          "more than " + MOST_CHARACTERS + " characters");
    }

    /** An element that wraps something, or an empty one. */
    public static Element of(Tag tag, String... classes) {
      return new Element(tag, List.of(classes), Map.of(), List.of());
    }

    /** The same with an attribute set. */
    public Element with(String attribute, String value) {
      Map<String, String> more = new TreeMap<>(attributes);
      more.put(attribute, value);
      return new Element(tag, classes, more, content);
    }

    /** The same with this at the end of its content. */
    public Element with(Markup last) {
      List<Markup> more = new ArrayList<>(content);
      more.add(last);
      return new Element(tag, classes, attributes, more);
    }

    /** The same with this text at the end of its content. */
    public Element text(String last) {
      return with(new Text(last));
    }

    private static boolean isAllowed(Tag tag, String name, String value) {
      return switch (name) {
        case "title", "lang", "aria-label" -> true;
        case "href" -> tag.has(name) && Links.allowed(value);
        case "src" -> tag.has(name) && value.startsWith("/") && Links.allowed(value);
        case "alt", "datetime" -> tag.has(name);
        default -> DATA.matcher(name).matches();
      };
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }

    @Override
    public int parts() {
      return 1 + content.stream().mapToInt(Markup::parts).sum();
    }

    @Override
    public int characters() {
      return characters(classes, attributes, content);
    }

    private static int characters(
        List<String> classes, Map<String, String> attributes, List<Markup> content) {
      int characters = classes.stream().mapToInt(String::length).sum();
      for (Map.Entry<String, String> attribute : attributes.entrySet()) {
        characters += attribute.getKey().length() + attribute.getValue().length();
      }
      return characters + content.stream().mapToInt(Markup::characters).sum();
    }
  }
}

package org.tandem.api.document;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.tandem.api.document.Format.Place;

/** The allow-list: what is not in it is refused. Immutable. */
public final class Formats {

  private static final Set<String> LISTS = Set.of("bullet", "ordered", "checked", "unchecked");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9+#._-]{1,32}");
  static final int HEADERS = 3;
  static final int INDENTS = 8;

  private static final Formats BUILT_IN =
      new Formats(
          List.of(
              new Format("bold", Place.INLINE, Boolean.TRUE::equals),
              new Format("italic", Place.INLINE, Boolean.TRUE::equals),
              new Format("underline", Place.INLINE, Boolean.TRUE::equals),
              new Format("strike", Place.INLINE, Boolean.TRUE::equals),
              new Format("code", Place.INLINE, Boolean.TRUE::equals),
              new Format("link", Place.INLINE, text(Links::allowed)),
              new Format("header", Place.LINE, upTo(HEADERS)),
              new Format("list", Place.LINE, text(LISTS::contains)),
              new Format("indent", Place.LINE, upTo(INDENTS)),
              new Format("blockquote", Place.LINE, Boolean.TRUE::equals),
              new Format("code-block", Place.LINE, Formats::isCode),
              new Format("divider", Place.EMBED, Boolean.TRUE::equals)));

  private final Map<String, Format> attributes = new HashMap<>();
  private final Map<String, Format> embeds = new HashMap<>();

  private Formats(List<Format> formats) {
    for (Format format : formats) {
      (format.place() == Place.EMBED ? embeds : attributes).put(format.name(), format);
    }
  }

  /** The formats of the wiki itself. */
  public static Formats builtIn() {
    return BUILT_IN;
  }

  public Optional<Format> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  public Optional<Format> embed(String name) {
    return Optional.ofNullable(embeds.get(name));
  }

  private static Predicate<Object> text(Predicate<String> rule) {
    return value -> value instanceof String text && rule.test(text);
  }

  private static Predicate<Object> upTo(int most) {
    return value -> value instanceof Integer number && number >= 1 && number <= most;
  }

  static boolean isLanguage(String name) {
    return LANGUAGE.matcher(name).matches();
  }

  private static boolean isCode(Object value) {
    return Boolean.TRUE.equals(value) || value instanceof String language && isLanguage(language);
  }
}

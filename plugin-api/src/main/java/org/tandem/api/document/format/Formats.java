package org.tandem.api.document.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.Format.Place;

/**
 * The allow-list: what is not in it is refused. The wiki's own formats are always in it; a plugin's
 * are added, each name once, so that no plugin changes what another's documents mean. Immutable.
 */
public final class Formats {

  private static final Set<String> LISTS = Set.of("bullet", "ordered", "checked", "unchecked");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9+#._-]{1,32}");

  /** The lowest level of a heading; the highest is 1. */
  public static final int HEADERS = 3;

  /** The deepest indentation of a line. */
  public static final int INDENTS = 8;

  private static final Formats BUILT_IN =
      new Formats(Map.of(), Map.of())
          .with(
              new Format("bold", Place.INLINE, Boolean.TRUE::equals),
              new Format("italic", Place.INLINE, Boolean.TRUE::equals),
              new Format("underline", Place.INLINE, Boolean.TRUE::equals),
              new Format("strike", Place.INLINE, Boolean.TRUE::equals),
              new Format("code", Place.INLINE, Boolean.TRUE::equals),
              new Format("link", Place.INLINE, text(Links::allowed)),
              new Format("header", Place.LINE, upTo(HEADERS)),
              new Format("list", Place.LINE, Formats::isList),
              new Format("indent", Place.LINE, upTo(INDENTS)),
              new Format("blockquote", Place.LINE, Boolean.TRUE::equals),
              new Format("code-block", Place.LINE, Formats::isCode),
              new Format("align", Place.LINE, value -> Align.of(value) != null),
              new Format("callout", Place.LINE, value -> CalloutKind.of(value) != null),
              new Format("cell", Place.LINE, value -> CellId.of(value) != null),
              new Format("divider", Place.EMBED, Boolean.TRUE::equals));

  private final Map<String, Format> byName;

  /** Attributes that are a name and a key, by the name. */
  private final Map<String, Format> families;

  private Formats(Map<String, Format> byName, Map<String, Format> families) {
    this.byName = byName;
    this.families = families;
  }

  /** The formats of the wiki itself. */
  public static Formats builtIn() {
    return BUILT_IN;
  }

  /** These formats and more; see {@link #with(List)}. */
  public Formats with(Format... more) {
    return with(List.of(more));
  }

  /**
   * These formats and more.
   *
   * @throws IllegalArgumentException with one sentence, if a name is there already, be it an
   *     attribute's or an embed's
   */
  public Formats with(List<Format> more) {
    Formats all = this;
    for (Format format : more) {
      all = all.with(format, false);
    }
    return all;
  }

  /**
   * These formats and a plugin's.
   *
   * @throws IllegalArgumentException as {@link #with(List)}
   */
  public Formats with(DeclaredFormat declared) {
    return with(declared.format(), declared.conflict() == ConflictRule.EACH_KEY);
  }

  private Formats with(Format format, boolean family) {
    String name = format.name();
    boolean taken =
        byName.containsKey(name)
            || families.containsKey(name)
            || family(name).isPresent()
            || family && byName.keySet().stream().anyMatch(other -> isOf(name, other));
    if (taken) {
      throw new IllegalArgumentException("There is a format of the name " + name + " already.");
    }
    Map<String, Format> more = new HashMap<>(family ? families : byName);
    more.put(name, format);
    return family ? new Formats(byName, more) : new Formats(more, families);
  }

  private static boolean isOf(String family, String name) {
    return name.startsWith(family + "-")
        && DeclaredFormat.isKey(name.substring(family.length() + 1));
  }

  /** The inline or line format of this name; of a family's attribute the family's. */
  public Optional<Format> attribute(String name) {
    Format known = byName.get(name);
    if (known != null) {
      return known.place() == Place.EMBED ? Optional.empty() : Optional.of(known);
    }
    return families.isEmpty() ? Optional.empty() : family(name);
  }

  private Optional<Format> family(String name) {
    for (int end = name.indexOf('-'); end > 0; end = name.indexOf('-', end + 1)) {
      Format family = families.get(name.substring(0, end));
      if (family != null && isOf(family.name(), name)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /** The embed of this name. */
  public Optional<Format> embed(String name) {
    return Optional.ofNullable(byName.get(name)).filter(format -> format.place() == Place.EMBED);
  }

  private static Predicate<Object> text(Predicate<String> rule) {
    return value -> value instanceof String text && rule.test(text);
  }

  private static Predicate<Object> upTo(int most) {
    return value -> value instanceof Integer number && number >= 1 && number <= most;
  }

  /** Whether this is a value of the line attribute {@code list}. */
  public static boolean isList(@Nullable Object value) {
    return value instanceof String kind && LISTS.contains(kind);
  }

  /** Whether a block of code may name this as its language. */
  public static boolean isLanguage(String name) {
    return LANGUAGE.matcher(name).matches();
  }

  private static boolean isCode(Object value) {
    return Boolean.TRUE.equals(value) || value instanceof String language && isLanguage(language);
  }
}

package org.tandem.api.document.format;

import java.util.regex.Pattern;
import org.tandem.api.document.format.Format.Place;

/**
 * A format that a plugin declares: which values it has, what becomes of two that are set at once,
 * and how one is shown.
 *
 * <p>Life cycle: from its registration on documents may hold it, open pages too. After the
 * registration is closed what stands in documents is kept, embeds are shown as placeholders, and to
 * set it anew is refused ({@code bad_delta}); to remove it is allowed.
 *
 * @param format named by the plugin's id, or by that, a hyphen and more
 * @param conflict what becomes of two values that are set at once
 * @param rendering shows the values; see there for what it may cost
 */
public record DeclaredFormat(Format format, ConflictRule conflict, Rendering rendering) {

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9-]{0,23}");

  /** Shows the values of a format. */
  @FunctionalInterface
  public interface Rendering {

    /**
     * How a value is shown: a {@link Look} of the kind that the format's place has.
     *
     * <p>Called while a page is shown, by a thread of the host, many at once; once for each value
     * that the document has. It answers at once, does no I/O, and answers the same for the same
     * value. A stored value may be one that the rule does not allow any more.
     *
     * <p>Failure: a rendering that throws, answers with a look of another kind or takes too long is
     * left out of this page, which shows a placeholder; it counts as a fault of the plugin.
     *
     * @param name of the attribute or embed: the format's, or one of the family's with its key
     */
    Look look(String name, Object value);
  }

  /**
   * @throws IllegalArgumentException if an embed has keys
   */
  public DeclaredFormat {
    if (format.place() == Place.EMBED && conflict == ConflictRule.EACH_KEY) {
      throw new IllegalArgumentException("an embed has no keys: " + format.name());
    }
  }

  /** Whether a look is of the kind that the format's place has. */
  public boolean fits(Look look) {
    return switch (format.place()) {
      case INLINE -> look instanceof Look.Inline;
      case LINE -> look instanceof Look.Line;
      case EMBED -> look instanceof Look.Thing;
    };
  }

  /** Whether this is a key of a family. */
  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }
}

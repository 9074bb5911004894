package org.tandem.api.editor;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Something that editors show of each other while they have a page open, beside names and carets: a
 * mood, a raised hand, the place in a panel. A module of the plugin sets its user's value, and the
 * modules in the other editors of the page see it, whoever may see the page, on all nodes.
 *
 * <p>Life cycle: known from its registration on. A value stands as long as the connection that it
 * was set by, and is stored nowhere; who joins later is told it. After the registration is closed a
 * new value is refused ({@code no_plugin}), and what stands goes with its connections, or is taken
 * away by its editor.
 *
 * <p>The rule says which values are allowed. It is given plain JSON as it came from a browser, as
 * {@link PageMessageListener#received} has it. It answers at once, and does no I/O.
 *
 * <p>Quotas: a value has at most {@value #MOST_BYTES} bytes as JSON. A connection may set values,
 * of all fields together, 10 times a second on average, 20 times at once. An editor is told what is
 * beyond that ({@code too_large}, {@code rate_limited}) or not allowed ({@code bad_value}); nobody
 * else hears of it.
 *
 * <p>Threads: the rule is called by threads of the host, several at once.
 *
 * <p>Failure: a rule that throws has refused the value, one that takes longer than 100 ms has
 * answered nothing ({@code unavailable}); both are faults. After three in a row on one page the
 * field is left out there as {@link ChangeCheck} says: new values are {@code unavailable}.
 *
 * @param name the plugin's id, or that, a hyphen and more: see {@link #isName}
 * @param rule which values it may have
 */
public record PresenceField(String name, Predicate<Object> rule) {

  /** The most bytes of a value, written as JSON in UTF-8. */
  public static final int MOST_BYTES = 1_024;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  /**
   * @throws IllegalArgumentException if it has no name for a field
   */
  public PresenceField {
    if (!isName(name)) {
      throw new IllegalArgumentException("no name for a presence field: " + name);
    }
  }

  /** Whether a field may be called so: at most 64 lower-case letters, digits and hyphens. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether a value is allowed; a rule that throws has refused it. */
  public boolean allows(Object value) {
    try {
      return rule.test(value);
    } catch (RuntimeException refused) {
      return false;
    }
  }
}

package org.tandem.api.document.format;

import java.util.Optional;

/**
 * How the formats of plugins are shown, for one rendering of one document. Threads: those of the
 * renderer that has it.
 */
@FunctionalInterface
public interface Looks {

  /** No plugin's format is known: embeds are placeholders, attributes show nothing. */
  Looks NONE = (name, value) -> Optional.empty();

  /**
   * How a value is shown; empty when nobody knows. Does not throw.
   *
   * @param name of the attribute or the embed
   * @param value as the document has it
   */
  Optional<Look> of(String name, Object value);
}

/**
 * The load generator: clients written from PROTOCOL.md alone, many on one thread, against the
 * packaged wiki as a process of its own. {@code mvn -Pload} runs it (README) and writes LOAD.md and
 * PLUGINS.md.
 *
 * <p>{@link Load} goes through the scenarios. A {@link Server} is the wiki under load. A {@link
 * Crowd} holds all {@link Typist}s on one event loop and lets each type at its times; {@link
 * FrameReader} reads what they hear, a {@link Witness} per page compares it, a {@link Tally}
 * counts.
 */
@NullMarked
package org.tandem.distribution.load;

import org.jspecify.annotations.NullMarked;

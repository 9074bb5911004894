/**
 * Callouts and mentions. {@link org.tandem.sample.callouts.CalloutsPlugin} is the entry: what it
 * registers leads to everything else. {@code Kind} and {@code Mention} are the two formats; what
 * becomes of a mention is decided in {@code MentionCheck} before it is accepted, and in {@code
 * Notifier} once it is committed.
 */
@NullMarked
package org.tandem.sample.callouts;

import org.jspecify.annotations.NullMarked;

/**
 * How plugins' listeners are told of what happens: in order, from a queue of each plugin's own with
 * a bound, beyond which there is a gap.
 */
@NullMarked
package org.tandem.wiki.plugin.listener;

import org.jspecify.annotations.NullMarked;

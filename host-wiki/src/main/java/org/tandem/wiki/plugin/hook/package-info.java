/**
 * How plugins' code is called: on threads of its own, timed and counted, and switched off where it
 * fails again and again.
 */
@NullMarked
package org.tandem.wiki.plugin.hook;

import org.jspecify.annotations.NullMarked;

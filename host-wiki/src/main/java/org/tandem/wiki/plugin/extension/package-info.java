/**
 * What plugins add to editing: formats, checks of changes and listeners. Plugins' code runs on
 * threads of its own here, timed and counted, and is switched off where it fails again and again.
 */
@NullMarked
package org.tandem.wiki.plugin.extension;

import org.jspecify.annotations.NullMarked;

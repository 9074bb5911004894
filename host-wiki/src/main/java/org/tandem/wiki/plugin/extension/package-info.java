/**
 * What plugins add to editing and to pages: where they register it, and how editing, search and
 * exchange ask for it.
 */
@NullMarked
package org.tandem.wiki.plugin.extension;

import org.jspecify.annotations.NullMarked;

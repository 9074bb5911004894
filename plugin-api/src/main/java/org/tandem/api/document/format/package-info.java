/**
 * Formats: which attributes and embeds documents may hold, which values they may have, and how
 * those of plugins are shown.
 */
@NullMarked
package org.tandem.api.document.format;

import org.jspecify.annotations.NullMarked;

/** Formats: which attributes and embeds documents may hold, and which values they may have. */
@NullMarked
package org.tandem.api.document.format;

import org.jspecify.annotations.NullMarked;

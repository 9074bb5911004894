/** Markdown in and out, by way of the tree of blocks. */
@NullMarked
package org.tandem.api.document.markdown;

import org.jspecify.annotations.NullMarked;

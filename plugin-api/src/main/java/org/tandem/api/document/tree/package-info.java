/** The tree of blocks that the lines of a document mean, and the way back. */
@NullMarked
package org.tandem.api.document.tree;

import org.jspecify.annotations.NullMarked;

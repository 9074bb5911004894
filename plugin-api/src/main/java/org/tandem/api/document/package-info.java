/** Documents: their formats, checks, the derived tree of blocks and its renderings. */
@NullMarked
package org.tandem.api.document;

import org.jspecify.annotations.NullMarked;

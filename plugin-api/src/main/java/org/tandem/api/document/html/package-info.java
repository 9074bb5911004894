/** Documents as HTML, written from the tree of blocks with an escaper for each place. */
@NullMarked
package org.tandem.api.document.html;

import org.jspecify.annotations.NullMarked;

/** The tree of pages: titles, places, creation and deletion. */
@NullMarked
package org.tandem.wiki.page;

import org.jspecify.annotations.NullMarked;

/** HTML pages to read and to find: spaces, trees, pages, versions, search. */
@NullMarked
package org.tandem.wiki.view.browse;

import org.jspecify.annotations.NullMarked;

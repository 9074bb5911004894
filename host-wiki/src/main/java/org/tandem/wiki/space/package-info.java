/** The spaces that hold the wiki's pages. */
@NullMarked
package org.tandem.wiki.space;

import org.jspecify.annotations.NullMarked;

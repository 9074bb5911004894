/** Finding pages by their titles and texts. */
@NullMarked
package org.tandem.wiki.search;

import org.jspecify.annotations.NullMarked;

/** Pages on which administrators of the wiki look after the node and its plugins. */
@NullMarked
package org.tandem.wiki.view.admin;

import org.jspecify.annotations.NullMarked;

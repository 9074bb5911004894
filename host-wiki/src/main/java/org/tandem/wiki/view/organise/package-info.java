/** HTML pages to put things in order: new pages and spaces, names, places, rights. */
@NullMarked
package org.tandem.wiki.view.organise;

import org.jspecify.annotations.NullMarked;

/** Transactions on the wiki's database and the announcements that its nodes send one another. */
@NullMarked
package org.tandem.wiki.store;

import org.jspecify.annotations.NullMarked;

/** What stands on the pages: revisions, saves, publication and the list of versions. */
@NullMarked
package org.tandem.wiki.content;

import org.jspecify.annotations.NullMarked;

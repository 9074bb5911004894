/** Bringing pages out of the wiki as files, and files into it as pages. */
@NullMarked
package org.tandem.wiki.exchange;

import org.jspecify.annotations.NullMarked;

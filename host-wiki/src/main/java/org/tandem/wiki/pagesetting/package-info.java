/** What plugins keep for single pages. */
@NullMarked
package org.tandem.wiki.pagesetting;

import org.jspecify.annotations.NullMarked;

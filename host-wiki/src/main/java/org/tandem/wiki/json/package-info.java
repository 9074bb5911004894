/** What plugins give and get as plain JSON. */
@NullMarked
package org.tandem.wiki.json;

import org.jspecify.annotations.NullMarked;

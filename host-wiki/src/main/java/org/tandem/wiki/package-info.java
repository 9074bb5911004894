/** The wiki put together from its parts, and the program that runs it. */
@NullMarked
package org.tandem.wiki;

import org.jspecify.annotations.NullMarked;

/** Starts the packaged wiki from the build. */
@NullMarked
package org.tandem.distribution;

import org.jspecify.annotations.NullMarked;

/** End-to-end tests of the packaged wiki, as child processes on loopback. */
@NullMarked
package org.tandem.distribution;

import org.jspecify.annotations.NullMarked;

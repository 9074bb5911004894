/** One connection's rules: what may come when, how often, and how long silence may last. */
@NullMarked
package org.tandem.collab.session;

import org.jspecify.annotations.NullMarked;

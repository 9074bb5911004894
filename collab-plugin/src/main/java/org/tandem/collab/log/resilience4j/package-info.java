/** Keeps a database that is away from holding up what can go on without it. */
@NullMarked
package org.tandem.collab.log.resilience4j;

import org.jspecify.annotations.NullMarked;

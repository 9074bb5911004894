/** Open pages and their sessions: a mailbox per page runs the pure decisions against the ports. */
@NullMarked
package org.tandem.collab.runtime;

import org.jspecify.annotations.NullMarked;

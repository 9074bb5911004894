/** The port to what lasts: each page's operations, snapshots and client marks. */
@NullMarked
package org.tandem.collab.log;

import org.jspecify.annotations.NullMarked;

/** The doorbell by PostgreSQL's LISTEN and NOTIFY. */
@NullMarked
package org.tandem.collab.cluster.postgres;

import org.jspecify.annotations.NullMarked;

/** The database: migrations, the embedded PostgreSQL, pools. */
@NullMarked
package org.tandem.db;

import org.jspecify.annotations.NullMarked;

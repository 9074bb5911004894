/**
 * PostgreSQL's own programs on one folder: unpacking, making, starting, ending. The database above
 * it knows what is in there and who may enter.
 */
@NullMarked
package org.tandem.db.postgres;

import org.jspecify.annotations.NullMarked;

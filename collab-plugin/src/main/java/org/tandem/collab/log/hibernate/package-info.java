/** The operation log in PostgreSQL, through Hibernate. */
@NullMarked
package org.tandem.collab.log.hibernate;

import org.jspecify.annotations.NullMarked;

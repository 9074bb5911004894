/** What a host wiki offers to its plugins: pages, users, access, the database, routes. */
@NullMarked
package org.tandem.api.host;

import org.jspecify.annotations.NullMarked;

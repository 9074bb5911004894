/** What an admin may have done with the operation log: a command and an action each. */
@NullMarked
package org.tandem.collab.maintenance;

import org.jspecify.annotations.NullMarked;

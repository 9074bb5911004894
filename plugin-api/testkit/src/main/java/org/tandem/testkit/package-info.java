/** Plugin archives, and clients of the wiki and of co-editing, for tests. */
@NullMarked
package org.tandem.testkit;

import org.jspecify.annotations.NullMarked;

/** What travels in the archive of a plugin under test and runs there. */
@NullMarked
package org.tandem.testkit.inside;

import org.jspecify.annotations.NullMarked;

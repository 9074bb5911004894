/** Plugin archives: what one must hold, and how it is unpacked without trusting it. */
@NullMarked
package org.tandem.wiki.plugin.archive;

import org.jspecify.annotations.NullMarked;

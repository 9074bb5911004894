/** Who asks for what over HTTP, and whether they may. */
@NullMarked
package org.tandem.wiki.gate;

import org.jspecify.annotations.NullMarked;

/** The guard that every request passes, and who sent it. */
@NullMarked
package org.tandem.wiki.auth.guard;

import org.jspecify.annotations.NullMarked;

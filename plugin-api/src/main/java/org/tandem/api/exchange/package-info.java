/** What a plugin may add to bringing pages out of the wiki and into it. */
@NullMarked
package org.tandem.api.exchange;

import org.jspecify.annotations.NullMarked;

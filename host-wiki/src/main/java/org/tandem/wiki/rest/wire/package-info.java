/** How the REST interface reads and writes: JSON, renderings, cache headers, problems, limits. */
@NullMarked
package org.tandem.wiki.rest.wire;

import org.jspecify.annotations.NullMarked;

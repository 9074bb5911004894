/** Problem bodies after RFC 9457, for answers that are made outside the REST resources. */
@NullMarked
package org.tandem.wiki.problem;

import org.jspecify.annotations.NullMarked;

/** README.md as tests read it: examples that are run, a tutorial that is walked through. */
@NullMarked
package org.tandem.api.readme;

import org.jspecify.annotations.NullMarked;

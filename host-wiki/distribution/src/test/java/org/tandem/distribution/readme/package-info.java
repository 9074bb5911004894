/**
 * The examples of the plugin API's README as people meet them: plugins in the packaged wiki, used
 * in browsers. What of them needs no browser, {@code ExamplesTest} of the test kit looks at.
 */
@NullMarked
package org.tandem.distribution.readme;

import org.jspecify.annotations.NullMarked;

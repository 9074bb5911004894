/** The examples of the plugin API's README, compiled and run. */
@NullMarked
package org.tandem.testkit.readme;

import org.jspecify.annotations.NullMarked;

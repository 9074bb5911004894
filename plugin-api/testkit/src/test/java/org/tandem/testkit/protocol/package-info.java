/** The wire protocol, sentence by sentence, against a running wiki. */
@NullMarked
package org.tandem.testkit.protocol;

import org.jspecify.annotations.NullMarked;

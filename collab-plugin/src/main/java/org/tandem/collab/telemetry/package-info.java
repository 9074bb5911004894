/** What happens to co-editing, told to whoever counts it. */
@NullMarked
package org.tandem.collab.telemetry;

import org.jspecify.annotations.NullMarked;

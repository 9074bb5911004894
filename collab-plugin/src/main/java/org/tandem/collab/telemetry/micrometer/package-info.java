/** Co-editing's figures by Micrometer, as text for a Prometheus. */
@NullMarked
package org.tandem.collab.telemetry.micrometer;

import org.jspecify.annotations.NullMarked;

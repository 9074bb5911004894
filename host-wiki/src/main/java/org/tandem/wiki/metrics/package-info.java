/** The wiki's own figures, and those of its plugins, as one text for a Prometheus. */
@NullMarked
package org.tandem.wiki.metrics;

import org.jspecify.annotations.NullMarked;

/** The life of a plugin: start, stop, settings and what it registers. */
@NullMarked
package org.tandem.api.plugin;

import org.jspecify.annotations.NullMarked;

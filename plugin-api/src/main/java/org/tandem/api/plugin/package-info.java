/** The life of a plugin: start, stop, settings, what it registers and the maintenance it offers. */
@NullMarked
package org.tandem.api.plugin;

import org.jspecify.annotations.NullMarked;

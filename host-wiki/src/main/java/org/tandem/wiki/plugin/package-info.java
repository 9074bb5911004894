/** Plugins: their life in this wiki, what they see of it and what they contribute to it. */
@NullMarked
package org.tandem.wiki.plugin;

import org.jspecify.annotations.NullMarked;

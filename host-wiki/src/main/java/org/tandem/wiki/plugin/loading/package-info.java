/** Loading of unpacked plugins: what they see of the host's classes, and their start and stop. */
@NullMarked
package org.tandem.wiki.plugin.loading;

import org.jspecify.annotations.NullMarked;

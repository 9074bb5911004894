/** The template of a plugin's project. */
@NullMarked
package org.tandem.api.template;

import org.jspecify.annotations.NullMarked;

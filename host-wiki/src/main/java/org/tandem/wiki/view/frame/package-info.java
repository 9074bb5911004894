/** The frame around every HTML page: who looks, where the page stands, what the browser loads. */
@NullMarked
package org.tandem.wiki.view.frame;

import org.jspecify.annotations.NullMarked;

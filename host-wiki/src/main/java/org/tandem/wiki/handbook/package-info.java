/** The demo's accounts, spaces and handbook. */
@NullMarked
package org.tandem.wiki.handbook;

import org.jspecify.annotations.NullMarked;

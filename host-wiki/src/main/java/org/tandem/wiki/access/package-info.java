/** Who may do what with which page or space. */
@NullMarked
package org.tandem.wiki.access;

import org.jspecify.annotations.NullMarked;

/** The record of what was done, for administrators. */
@NullMarked
package org.tandem.wiki.audit;

import org.jspecify.annotations.NullMarked;

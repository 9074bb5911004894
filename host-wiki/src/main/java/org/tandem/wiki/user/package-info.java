/** The people who sign in. */
@NullMarked
package org.tandem.wiki.user;

import org.jspecify.annotations.NullMarked;

/** Passwords: how they are kept, checked and protected against guessing. */
@NullMarked
package org.tandem.wiki.auth.password;

import org.jspecify.annotations.NullMarked;

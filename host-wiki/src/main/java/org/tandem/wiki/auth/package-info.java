/** Signing in and out, and changing passwords, over HTTP. */
@NullMarked
package org.tandem.wiki.auth;

import org.jspecify.annotations.NullMarked;

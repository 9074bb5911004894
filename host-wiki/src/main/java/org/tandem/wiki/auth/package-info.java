/** Signing in and out over HTTP, and the guard that every request passes. */
@NullMarked
package org.tandem.wiki.auth;

import org.jspecify.annotations.NullMarked;

/**
 * Sign-ins and their tokens: signed access tokens, rotating refresh tokens, the keys of all nodes.
 */
@NullMarked
package org.tandem.wiki.auth.token;

import org.jspecify.annotations.NullMarked;

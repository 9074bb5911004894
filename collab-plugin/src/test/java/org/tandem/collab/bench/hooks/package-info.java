/**
 * What plugins' hooks cost; compiled by the profile {@code hooks} alone, since it knows the wiki.
 */
@NullMarked
package org.tandem.collab.bench.hooks;

import org.jspecify.annotations.NullMarked;

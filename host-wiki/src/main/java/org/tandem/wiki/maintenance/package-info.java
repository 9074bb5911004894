/**
 * The maintenance that plugins offer, as this node runs it for an admin: one run at a time of each,
 * the latest ones remembered.
 */
@NullMarked
package org.tandem.wiki.maintenance;

import org.jspecify.annotations.NullMarked;

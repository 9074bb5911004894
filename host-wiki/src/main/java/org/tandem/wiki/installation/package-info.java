/**
 * The plugins of the whole wiki: what all nodes are to run, the archives, how far each node has
 * followed, and what administrators see and do of it.
 */
@NullMarked
package org.tandem.wiki.installation;

import org.jspecify.annotations.NullMarked;

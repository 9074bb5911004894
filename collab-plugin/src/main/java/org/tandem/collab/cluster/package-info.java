/** The port to the other nodes: messages, the view and, from the view, who owns a page. */
@NullMarked
package org.tandem.collab.cluster;

import org.jspecify.annotations.NullMarked;

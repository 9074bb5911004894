/** Jakarta WebSocket and Servlet: tickets, the guard of the upgrade, the endpoint. */
@NullMarked
package org.tandem.collab.transport;

import org.jspecify.annotations.NullMarked;

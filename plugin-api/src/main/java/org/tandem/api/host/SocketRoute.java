package org.tandem.api.host;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Endpoint;

/** Decides a WebSocket upgrade, before the answer 101. */
@FunctionalInterface
public interface SocketRoute {

  /**
   * Called for each upgrade request below the route's prefix, on a thread of the host. {@link
   * Routes#caller} may be empty: a route may know the caller by a ticket.
   */
  Answer upgrade(HttpServletRequest request);

  /** What becomes of an upgrade request. */
  sealed interface Answer {

    /**
     * The host upgrades to this endpoint, a new one for each connection.
     *
     * @param subprotocol chosen from those that the client offered
     * @param maxMessageBytes limit on a text message, inflated; a longer one is refused by the host
     */
    record Accept(Endpoint endpoint, String subprotocol, int maxMessageBytes) implements Answer {}

    /**
     * The host answers with this status and a problem body (RFC 9457).
     *
     * @param status 400 to 599
     * @param detail one sentence for the user: what is wrong and what to do
     */
    record Refuse(int status, String detail) implements Answer {}
  }
}

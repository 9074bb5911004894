package org.tandem.api.host;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.websocket.Endpoint;

/** Decides a WebSocket upgrade, before the answer 101. */
@FunctionalInterface
public interface SocketRoute {

  /**
   * Under this key {@link jakarta.websocket.Session#getUserProperties} holds a {@link Runnable}
   * that ends the connection at once and sends nothing more. For a client that does not answer a
   * closing frame, or reads so little that it cannot be sent one: no idle time ends what goes on
   * sending. It may be run by any thread, and again.
   */
  String CUT = "org.tandem.cut";

  /**
   * Called for each upgrade request below the route's prefix, on a thread of the host. {@link
   * Routes#caller} may be empty: a route may know the caller by a ticket.
   */
  Answer upgrade(HttpServletRequest request);

  /**
   * An endpoint that bounds how many pings a client may send. The host answers those of WebSocket
   * itself without the endpoint, which hears of messages alone.
   */
  interface Pinged {

    /**
     * A ping or a pong of WebSocket itself came. Called on the thread that brings the messages,
     * once for each, before it is answered; returns at once.
     */
    void pinged();
  }

  /** What becomes of an upgrade request. */
  sealed interface Answer {

    /**
     * The host upgrades to this endpoint, a new one for each connection.
     *
     * @param endpoint hears of the connection
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

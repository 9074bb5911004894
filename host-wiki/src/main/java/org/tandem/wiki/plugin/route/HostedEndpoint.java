package org.tandem.wiki.plugin.route;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.SocketRoute;

/**
 * A plugin's endpoint with the host's limits round it. Public because the container asks for that.
 * Threads: those of the container.
 */
public final class HostedEndpoint extends Endpoint {

  private static final Logger LOG = LoggerFactory.getLogger(HostedEndpoint.class);

  /** A plugin has heartbeats of its own: this only clears away what it forgot. */
  private static final long IDLE_MS = 120_000;

  private static final int MAX_BINARY_BYTES = 1024;

  /**
   * What is read at once, and the room that the container takes anew for each text, whatever its
   * length: of its own accord 4 KiB, where a keystroke has some 100 bytes.
   */
  private static final int READ_BYTES = 1024;

  private final SocketGate gate;
  private final Endpoint plugin;
  private final int maxMessageBytes;

  HostedEndpoint(SocketGate gate, Endpoint plugin, int maxMessageBytes) {
    this.gate = gate;
    this.plugin = plugin;
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxIdleTimeout(IDLE_MS);
    session.setMaxTextMessageBufferSize(maxMessageBytes);
    session.setMaxBinaryMessageBufferSize(MAX_BINARY_BYTES);
    JakartaWebSocketSession connection = (JakartaWebSocketSession) session;
    connection.getCoreSession().setInputBufferSize(READ_BYTES);
    session.getUserProperties().put(SocketRoute.CUT, (Runnable) connection::abort);
    inItsClasses(() -> plugin.onOpen(session, config));
    if (plugin instanceof SocketRoute.Pinged pinged) {
      ControlFrames.listen(connection, () -> inItsClasses(pinged::pinged));
    }
    try {
      gate.opened(session);
    } catch (IOException closing) {
      LOG.debug("A socket closed by itself", closing);
    }
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    gate.closed(session);
    inItsClasses(() -> plugin.onClose(session, reason));
  }

  @Override
  public void onError(Session session, Throwable fault) {
    inItsClasses(() -> plugin.onError(session, fault));
  }

  private void inItsClasses(Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(plugin.getClass().getClassLoader());
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}

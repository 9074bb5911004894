package org.tandem.wiki.plugin.route;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.ee11.websocket.jakarta.common.JakartaWebSocketExtension;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.SocketRoute;
import org.tandem.wiki.problem.Problem;

/**
 * Upgrades requests to one plugin's sockets, and knows those that are open. Threads: safe for use
 * by any thread.
 */
final class SocketGate {

  private static final Logger LOG = LoggerFactory.getLogger(SocketGate.class);
  private static final CloseReason GOING =
      new CloseReason(CloseReason.CloseCodes.SERVICE_RESTART, "The plugin ends.");

  private final SocketRoute route;
  private final Set<Session> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  SocketGate(SocketRoute route) {
    this.route = route;
  }

  void upgrade(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    if (!isKey(request.getHeader("Sec-WebSocket-Key"))) {
      new Problem(400, "Sec-WebSocket-Key must be 16 bytes in Base64: read RFC 6455.").send(answer);
      return;
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    SocketRoute.Answer decision;
    thread.setContextClassLoader(route.getClass().getClassLoader());
    try {
      decision = route.upgrade(request);
    } catch (RuntimeException | LinkageError failure) {
      LOG.error("A plugin failed at the upgrade of {}", request.getRequestURI(), failure);
      decision = new SocketRoute.Answer.Refuse(503, "The plugin failed: try again in a moment.");
    } finally {
      thread.setContextClassLoader(before);
    }
    if (decision instanceof SocketRoute.Answer.Refuse refuse) {
      refuse(answer, refuse);
    } else if (decision instanceof SocketRoute.Answer.Accept accept) {
      accept(request, answer, accept);
    }
  }

  /** The container answers any key that is there. */
  private static boolean isKey(@Nullable String key) {
    try {
      return key != null && key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private static void refuse(HttpServletResponse answer, SocketRoute.Answer.Refuse refuse)
      throws IOException {
    switch (refuse.status()) {
      case 426 -> answer.setHeader("Upgrade", "websocket");
      case 429, 503 -> answer.setHeader("Retry-After", "2");
      default -> {
        // The other refusals need no header.
      }
    }
    new Problem(refuse.status(), refuse.detail()).send(answer);
  }

  private void accept(
      HttpServletRequest request, HttpServletResponse answer, SocketRoute.Answer.Accept accept)
      throws IOException {
    ServerContainer container =
        (ServerContainer) request.getServletContext().getAttribute(ServerContainer.class.getName());
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(HostedEndpoint.class, request.getRequestURI())
            .subprotocols(List.of(accept.subprotocol()))
            .configurator(new Upgrade(accept))
            .build();
    try {
      container.upgradeHttpToWebSocket(request, answer, config, Map.of());
    } catch (DeploymentException | RuntimeException malformed) {
      LOG.info("A WebSocket upgrade failed: {}", malformed.getMessage());
      new Problem(400, "This is no WebSocket handshake that can be answered: read RFC 6455.")
          .send(answer);
    }
  }

  void opened(Session session) throws IOException {
    open.add(session);
    if (ended) {
      session.close(GOING);
    }
  }

  void closed(Session session) {
    open.remove(session);
  }

  /** Closes the sockets that the plugin has left open. */
  void end() {
    ended = true;
    for (Session session : open) {
      try {
        session.close(GOING);
      } catch (IOException | IllegalStateException closing) {
        LOG.debug("A socket closed by itself", closing);
      }
    }
  }

  /** The answers of one handshake; the Origin was checked before. */
  private final class Upgrade extends ServerEndpointConfig.Configurator {

    private final SocketRoute.Answer.Accept accept;

    Upgrade(SocketRoute.Answer.Accept accept) {
      this.accept = accept;
    }

    @Override
    public boolean checkOrigin(String origin) {
      return true;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
      return requested.contains(accept.subprotocol()) ? accept.subprotocol() : "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions(
        List<Extension> installed, List<Extension> requested) {
      List<Extension> used = new ArrayList<>(super.getNegotiatedExtensions(installed, requested));
      used.add(new JakartaWebSocketExtension(ControlFrames.NAME));
      return used;
    }

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config,
        HandshakeRequest request,
        jakarta.websocket.HandshakeResponse response) {
      // Nothing to add: the host's headers stand already.
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
      return endpointClass.cast(
          new HostedEndpoint(SocketGate.this, accept.endpoint(), accept.maxMessageBytes()));
    }
  }
}

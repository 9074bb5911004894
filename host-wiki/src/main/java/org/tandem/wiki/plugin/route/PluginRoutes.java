package org.tandem.wiki.plugin.route;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.tandem.api.host.Registration;
import org.tandem.api.host.SocketRoute;
import org.tandem.wiki.problem.Problem;

/**
 * Owns {@code /api/<prefix>/*} for the prefixes that plugins have registered, and looks up who
 * serves one at each request. A prefix whose plugin is gone answers 503 from then on, one that no
 * plugin ever had 404; {@link #NO_PLUGIN} tells both from what a plugin or a node answers. Threads:
 * safe for use by any thread.
 */
public final class PluginRoutes extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /** The type of a problem that says that no plugin serves the address at the moment. */
  public static final String NO_PLUGIN = "urn:tandem:problem:no-plugin";

  /** First segments below /api that are the wiki's own. */
  private static final Set<String> TAKEN =
      Set.of("", "admin", "auth", "me", "spaces", "pages", "people");

  private final transient Map<String, ServletRoute> servlets = new ConcurrentHashMap<>();
  private final transient Map<String, SocketGate> sockets = new ConcurrentHashMap<>();
  private final transient Set<String> everUsed = ConcurrentHashMap.newKeySet();

  /** Serves a plugin's calls. */
  public Registration servlet(String prefix, HttpServlet servlet) {
    ServletRoute route = new ServletRoute(checked(prefix), servlet);
    if (servlets.putIfAbsent(prefix, route) != null) {
      throw new IllegalStateException("/api/" + prefix + " is served by another servlet");
    }
    everUsed.add(prefix);
    return () -> {
      if (servlets.remove(prefix, route)) {
        route.end();
      }
    };
  }

  /** Serves a plugin's sockets. */
  public Registration socket(String prefix, SocketRoute route) {
    SocketGate gate = new SocketGate(route);
    if (sockets.putIfAbsent(checked(prefix), gate) != null) {
      throw new IllegalStateException("/api/" + prefix + " has another socket route");
    }
    everUsed.add(prefix);
    return () -> {
      if (sockets.remove(prefix, gate)) {
        gate.end();
      }
    };
  }

  private static String checked(String prefix) {
    if (!PREFIX.matcher(prefix).matches() || TAKEN.contains(prefix)) {
      throw new IllegalArgumentException("/api/" + prefix + " cannot be a plugin's");
    }
    return prefix;
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
      throws IOException, ServletException {
    String path =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    String prefix = prefix(path);
    if (TAKEN.contains(prefix)) {
      chain.doFilter(request, answer);
      return;
    }
    SocketGate gate = sockets.get(prefix);
    ServletRoute route = servlets.get(prefix);
    ServletContext context = request.getServletContext();
    if (isUpgrade(request) && gate != null) {
      gate.upgrade(request, answer);
    } else if (route != null) {
      route.serve(context, request, answer);
    } else if (gate != null) {
      answer.setHeader("Upgrade", "websocket");
      new Problem(426, "This address speaks WebSocket: connect to it with a WebSocket client.")
          .send(answer);
    } else if (everUsed.contains(prefix)) {
      answer.setHeader("Retry-After", "5");
      new Problem(503, "The plugin that serves this is not running: try again later.", NO_PLUGIN)
          .send(answer);
    } else {
      new Problem(404, "No plugin serves this: an administrator can enable it.", NO_PLUGIN)
          .send(answer);
    }
  }

  /** The segment after {@code /api/}. */
  private static String prefix(String path) {
    String rest = path.startsWith("/api/") ? path.substring("/api/".length()) : "";
    int end = rest.indexOf('/');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static boolean isUpgrade(HttpServletRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }
}

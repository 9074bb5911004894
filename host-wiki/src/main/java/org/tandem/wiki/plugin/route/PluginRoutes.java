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

  private final transient Map<String, Held<ServletRoute>> servlets = new ConcurrentHashMap<>();
  private final transient Map<String, Held<SocketGate>> sockets = new ConcurrentHashMap<>();
  private final transient Set<String> everUsed = ConcurrentHashMap.newKeySet();

  /** What serves a prefix, and the plugin that it is of. */
  private record Held<T>(String plugin, T route) {}

  /**
   * Serves a plugin's calls.
   *
   * @param plugin its id
   */
  public Registration servlet(String plugin, String prefix, HttpServlet servlet) {
    Held<ServletRoute> held =
        new Held<>(plugin, new ServletRoute(plugin, checked(prefix), servlet));
    hold(servlets, prefix, held, "calls");
    return () -> {
      if (servlets.remove(prefix, held)) {
        held.route().end();
      }
    };
  }

  /**
   * Serves a plugin's sockets.
   *
   * @param plugin its id
   */
  public Registration socket(String plugin, String prefix, SocketRoute route) {
    Held<SocketGate> held = new Held<>(plugin, new SocketGate(route));
    hold(sockets, checked(prefix), held, "sockets");
    return () -> {
      if (sockets.remove(prefix, held)) {
        held.route().end();
      }
    };
  }

  private <T> void hold(Map<String, Held<T>> all, String prefix, Held<T> held, String what) {
    Held<T> before = all.putIfAbsent(prefix, held);
    if (before != null) {
      String served = "The " + what + " of /api/" + prefix + " are served by ";
      throw new IllegalStateException(
          before.plugin().equals(held.plugin())
              ? served + "this plugin already."
              : served
                  + "the plugin "
                  + before.plugin()
                  + " already: give one of the two another prefix, or disable it first.");
    }
    everUsed.add(prefix);
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
    Held<SocketGate> gate = sockets.get(prefix);
    Held<ServletRoute> held = servlets.get(prefix);
    ServletContext context = request.getServletContext();
    if (isUpgrade(request) && gate != null) {
      gate.route().upgrade(request, answer);
    } else if (held != null) {
      held.route().serve(context, request, answer);
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

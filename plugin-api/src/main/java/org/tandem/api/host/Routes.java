package org.tandem.api.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Paths of the wiki that a plugin serves. The host owns the path: before a request reaches the
 * plugin it has checked the cookies, the CSRF token of a state-changing call and the Origin of an
 * upgrade. After the registration is closed the path answers 503.
 *
 * <p>Threads: requests come on many threads of the host. The host calls {@code init} and {@code
 * destroy} of a servlet.
 */
public interface Routes {

  /**
   * Serves {@code /api/<prefix>/*}.
   *
   * @param prefix one path segment of lower-case letters, digits and hyphens; {@code admin}, {@code
   *     auth}, {@code me}, {@code pages}, {@code people} and {@code spaces} are the wiki's own
   * @throws IllegalArgumentException for another prefix
   * @throws IllegalStateException when a plugin serves it
   */
  Registration servlet(String prefix, HttpServlet servlet);

  /**
   * Serves the WebSocket upgrades below {@code /api/<prefix>/}.
   *
   * @param prefix as of {@link #servlet}, for which the same plugin may serve calls, too
   * @throws IllegalArgumentException for another prefix
   * @throws IllegalStateException when a plugin has sockets there
   */
  Registration socket(String prefix, SocketRoute route);

  /** Who is signed in; empty for nobody. Works for requests that the host handed to a route. */
  Optional<User> caller(HttpServletRequest request);
}

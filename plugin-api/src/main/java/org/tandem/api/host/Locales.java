package org.tandem.api.host;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;

/**
 * In which language to speak to people. Threads: safe for use by any thread; nothing is asked of
 * the database.
 */
public interface Locales {

  /** The locale of the wiki, as the admin has set it for this node; English otherwise. */
  Locale wiki();

  /**
   * The best of those that the plugin has for who sent the request: the first that the browser
   * accepts ({@code Accept-Language}, by RFC 4647 lookup: {@code de-CH} takes {@code de}, too),
   * else the one that fits the wiki's locale, else the first of the list.
   *
   * @param request that the host handed to a route
   * @param offered what the plugin has texts for, the one to fall back on first
   * @throws IllegalArgumentException when nothing is offered
   */
  Locale best(HttpServletRequest request, List<Locale> offered);
}

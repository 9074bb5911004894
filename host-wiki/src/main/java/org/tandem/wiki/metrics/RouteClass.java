package org.tandem.wiki.metrics;

import java.util.Locale;

/** What kind of address a request went to: few, whatever is asked for. */
public enum RouteClass {
  ASSETS("/assets/"),
  PLUGINS("/plugins/"),
  HEALTH("/health/"),
  METRICS("/metrics"),
  SIGN_IN("/api/auth/"),
  API("/api/"),
  PAGES("/");

  private final String prefix;

  RouteClass(String prefix) {
    this.prefix = prefix;
  }

  /** The first whose addresses begin as this path does. */
  public static RouteClass of(String path) {
    for (RouteClass route : values()) {
      if (path.startsWith(route.prefix)) {
        return route;
      }
    }
    return PAGES;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

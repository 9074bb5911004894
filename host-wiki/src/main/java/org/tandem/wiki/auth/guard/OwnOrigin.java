package org.tandem.wiki.auth.guard;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which origins are the wiki's own: that of the public URL. The Host header proves nothing, since
 * the owner of any name can let it point at the wiki. Only on a developer's machine, where the
 * names are the machine's own, another port or loopback name passes: a second node, for example.
 */
record OwnOrigin(URI publicUrl) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  boolean is(String origin, @Nullable String host) {
    return origin.equalsIgnoreCase(written()) || isLoopback(origin, host);
  }

  /** As browsers write it: without the port that the scheme implies. */
  private String written() {
    String scheme = publicUrl.getScheme().toLowerCase(Locale.ROOT);
    int port = publicUrl.getPort();
    boolean implied = port < 0 || port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + publicUrl.getHost() + (implied ? "" : ":" + port);
  }

  private boolean isLoopback(String origin, @Nullable String host) {
    return host != null
        && isLoopback(publicUrl.getHost())
        && origin.equalsIgnoreCase(publicUrl.getScheme() + "://" + host)
        && isLoopback(host.replaceFirst(":\\d*$", ""));
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}

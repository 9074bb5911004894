package org.tandem.wiki.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.tandem.wiki.settings.TrustedProxies;

/**
 * Takes a request that comes from a trusted proxy as one from the address that the proxy names in
 * {@code X-Forwarded-For}. Each proxy adds the address that it hears from at the end, and what
 * stands before was said by a stranger: the last address that is no trusted proxy counts. Host and
 * scheme are the public address's, whatever a header says. Threads: safe for use by any thread.
 */
final class ForwardedAddress implements HttpConfiguration.Customizer {

  private static final Pattern LITERAL =
      Pattern.compile("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final TrustedProxies proxies;
  private final ForwardedRequestCustomizer customizer = new ForwardedRequestCustomizer();

  ForwardedAddress(TrustedProxies proxies) {
    this.proxies = proxies;
    customizer.setForwardedHeader(null);
    customizer.setForwardedHostHeader(null);
    customizer.setForwardedServerHeader(null);
    customizer.setForwardedPortHeader(null);
    customizer.setForwardedProtoHeader(null);
    customizer.setForwardedHttpsHeader(null);
    customizer.setForwardedCipherSuiteHeader(null);
    customizer.setForwardedSslSessionIdHeader(null);
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer)
        || !proxies.test(peer.getAddress())) {
      return request;
    }
    return stranger(request.getHeaders().getCSV(HttpHeader.X_FORWARDED_FOR, false))
        .map(address -> customizer.customize(new Only(request, address), answer))
        .orElse(request);
  }

  private Optional<String> stranger(List<String> addresses) {
    for (int i = addresses.size() - 1; i >= 0; i--) {
      Optional<InetAddress> address = address(addresses.get(i));
      if (address.isEmpty()) {
        return Optional.empty();
      }
      if (!proxies.test(address.get())) {
        return Optional.of(addresses.get(i));
      }
    }
    return Optional.empty();
  }

  /** No name, which would be asked of a name server. */
  private static Optional<InetAddress> address(String text) {
    try {
      String host = new HostPort(text).getHost();
      String bare = host.replaceAll("[\\[\\]]", "");
      return LITERAL.matcher(bare).matches()
          ? Optional.of(InetAddress.getByName(bare))
          : Optional.empty();
    } catch (IllegalArgumentException | UnknownHostException unreadable) {
      return Optional.empty();
    }
  }

  /** The request with one address in the header. */
  private static final class Only extends Request.Wrapper {

    private final HttpFields headers;

    Only(Request request, String address) {
      super(request);
      headers =
          HttpFields.build(request.getHeaders())
              .put(HttpHeader.X_FORWARDED_FOR, address)
              .asImmutable();
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }
  }
}

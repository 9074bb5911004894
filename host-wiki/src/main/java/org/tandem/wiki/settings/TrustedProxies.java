package org.tandem.wiki.settings;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * The proxies that are believed when they say for whom they ask. Threads: safe for use by any
 * thread.
 */
public final class TrustedProxies implements Predicate<InetAddress> {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

  /** No host name, which would be asked of a name server. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "(BYTE(\\.BYTE){3}|(?=.*:)[0-9a-fA-F:.]+)(/[0-9]{1,3})?".replace("BYTE", BYTE));

  private final InetAddressSet networks;

  private TrustedProxies(InetAddressSet networks) {
    this.networks = networks;
  }

  public static TrustedProxies none() {
    return new TrustedProxies(new InetAddressSet());
  }

  /**
   * @param text addresses and networks (CIDR), with commas or blanks between them
   * @return empty when there is none, or one of them is neither
   */
  static Optional<TrustedProxies> parse(String text) {
    InetAddressSet networks = new InetAddressSet();
    try {
      for (String network : List.of(text.strip().split("[,\\s]+"))) {
        if (!NETWORK.matcher(network).matches()) {
          return Optional.empty();
        }
        networks.add(network);
      }
    } catch (IllegalArgumentException noNetwork) {
      return Optional.empty();
    }
    return networks.isEmpty() ? Optional.empty() : Optional.of(new TrustedProxies(networks));
  }

  public boolean isEmpty() {
    return networks.isEmpty();
  }

  @Override
  public boolean test(InetAddress address) {
    return networks.test(address);
  }
}

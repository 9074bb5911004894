package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/** Who asks, when a proxy stands between; seen by whose attempts to sign in are counted. */
@ExtendWith(SharedWiki.class)
class ProxyTest {

  private static final int LIMIT = 10;

  @TempDir private static Path home;
  private static Wiki behindProxy;

  @BeforeAll
  static void start() throws StartRefusal {
    behindProxy =
        Wiki.start(
            WikiSettings.of(home, Map.of("port", "0", "trusted.proxies", "127.0.0.1, 10.0.0.0/8")));
  }

  @AfterAll
  static void end() {
    behindProxy.close();
  }

  /** An attempt of a name, with a header. */
  private static int attempt(Wiki wiki, String name, String header, String value) throws Exception {
    String body = "{\"name\": \"" + name + "\", \"password\": \"wrong\"}";
    return new Browser(wiki.address())
        .json("POST", "/api/auth/sign-in", body, header, value)
        .statusCode();
  }

  private static int attempt(String name, String forwardedFor) throws Exception {
    return attempt(behindProxy, name, "X-Forwarded-For", forwardedFor);
  }

  /** Behind a proxy everybody had the proxy's address, and one could close a name to all. */
  @Test
  void theAddressThatATrustedProxyNamesCounts() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, attempt("apart", "203.0.113.1"));
    }
    assertEquals(429, attempt("apart", "203.0.113.1"));
    assertEquals(401, attempt("apart", "203.0.113.2"));
    assertEquals(401, attempt("apart", "2001:db8::1"));
  }

  @Test
  void ofSeveralTheLastThatIsNoTrustedProxyCounts() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, attempt("chain", "198.51.100." + i + ", 203.0.113.1, 10.0.0.7"));
    }
    assertEquals(429, attempt("chain", "203.0.113.1"));
    assertEquals(401, attempt("chain", "203.0.113.2, 10.0.0.7"));
  }

  @Test
  void whatIsNoAddressIsTheProxysOwnRequest() throws Exception {
    for (String text : new String[] {"unknown", "localhost", "1.2.3", "", "::::", "10.0.0.7"}) {
      assertEquals(401, attempt("none", text), text);
    }
    for (int i = 6; i < LIMIT; i++) {
      assertEquals(401, attempt("none", "_hidden" + i));
    }
    assertEquals(429, attempt("none", "unknown"));
  }

  @Test
  void otherHeadersSayNothing() throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, attempt(behindProxy, "other", "Forwarded", "for=203.0.113." + i));
    }
    assertEquals(429, attempt(behindProxy, "other", "Forwarded", "for=203.0.113.99"));
  }

  @Test
  void withoutTheSettingNobodyIsBelieved(Wiki wiki) throws Exception {
    for (int i = 0; i < LIMIT; i++) {
      assertEquals(401, attempt(wiki, "unset", "X-Forwarded-For", "203.0.113." + i));
    }
    assertEquals(429, attempt(wiki, "unset", "X-Forwarded-For", "203.0.113.99"));
  }
}

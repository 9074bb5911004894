package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(SharedWiki.class)
class HeadersTest {

  private final Browser browser;
  private final Wiki wiki;

  HeadersTest(Browser browser, Wiki wiki) {
    this.browser = browser;
    this.wiki = wiki;
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-in",
        "/nothing",
        "/api/me",
        "/api/nothing",
        "/admin",
        "/api/admin/maintenance",
        "/health/live",
        "/health/none",
        "/metrics",
        "/assets/none.js",
        "/plugins/none",
        "/api/auth/none"
      })
  void everyAnswerBindsTheBrowser(String path) throws Exception {
    HttpResponse<String> answer = browser.get(path);
    String policy = header(answer, "content-security-policy");
    for (String part :
        new String[] {
          "default-src 'none'",
          "connect-src 'self'",
          "object-src 'none'",
          "base-uri 'none'",
          "frame-ancestors 'none'"
        }) {
      assertTrue(policy.contains(part), policy);
    }
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("nosniff", header(answer, "x-content-type-options"));
    assertEquals("same-origin", header(answer, "referrer-policy"));
    assertEquals("no-store", header(answer, "cache-control"));
    assertEquals("", header(answer, "server"));
  }

  @Test
  void filesOfTheWebBuildAreKeptForGoodAndCompressed() throws Exception {
    String style =
        Jsoup.parse(browser.open("/sign-in").body())
            .select("link[rel=stylesheet]")
            .first()
            .attr("href");
    HttpResponse<String> file = browser.get(style, "Accept-Encoding", "gzip");
    assertEquals(200, file.statusCode());
    assertEquals("public, max-age=31536000, immutable", header(file, "cache-control"));
    assertEquals("gzip", header(file, "content-encoding"));
    assertTrue(header(file, "vary").contains("Accept-Encoding"));
    assertEquals(
        "", header(browser.get("/sign-in", "Accept-Encoding", "gzip"), "content-encoding"));
  }

  @Test
  void aNonceServesOnce() throws Exception {
    assertNotEquals(
        header(browser.get("/sign-in"), "content-security-policy"),
        header(browser.get("/sign-in"), "content-security-policy"));
  }

  @Test
  void anUnknownAddressIsAPageForBrowsersAndAProblemForCalls() throws Exception {
    browser.signIn("viewer", WikiSettings.DEMO_PASSWORD);
    HttpResponse<String> page = browser.open("/nothing/here");
    assertEquals(404, page.statusCode());
    Document html = Jsoup.parse(page.body());
    assertEquals("/", html.select("main a").first().attr("href"));
    for (String path : new String[] {"/api/nothing", "/api/auth/nothing", "/api/pages/x/y"}) {
      HttpResponse<String> call = browser.get(path);
      assertEquals(404, call.statusCode(), path);
      assertEquals("application/problem+json", header(call, "content-type"), path);
      assertTrue(call.body().contains("\"detail\""), call.body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
  void anUnfitMethodIsAProblem(String method) throws Exception {
    HttpResponse<String> call = browser.json(method, "/api/auth/sign-in", "{}");
    assertEquals(405, call.statusCode());
    assertEquals("application/problem+json", header(call, "content-type"));
  }

  @Test
  void aRequestThatCannotBeReadGetsNoTrace() throws Exception {
    for (String request :
        new String[] {
          "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET /api/../%2e%2e/etc HTTP/1.1\r\nHost: x\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
          "NONSENSE\r\n\r\n"
        }) {
      String answer = raw(request);
      assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
      assertFalse(answer.contains("\tat ") || answer.contains("jetty"), answer);
    }
  }

  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(wiki.address().getHost(), wiki.address().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          request
              .replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aBodyThatIsAnnouncedAsTooLargeIsRefusedUnread() throws Exception {
    String answer =
        raw(
            "POST /api/pages HTTP/1.1\r\nHost: "
                + wiki.address().getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: 17825792\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void saysThatItLivesAndIsReady() throws Exception {
    assertEquals(200, browser.get("/health/live").statusCode());
    assertEquals(200, browser.get("/health/ready").statusCode());
  }

  @Test
  void behindHttpsCookiesAreSecure(@org.junit.jupiter.api.io.TempDir java.nio.file.Path home)
      throws Exception {
    WikiSettings settings =
        WikiSettings.of(
            home,
            java.util.Map.of(
                "port", "0", "demo", "true", "public.url", "https://wiki.example.org"));
    try (Wiki secure = Wiki.start(settings)) {
      Browser visitor = new Browser(secure.address());
      HttpResponse<String> answer =
          visitor.json(
              "POST",
              "/api/auth/sign-in",
              "{\"name\": \"viewer\", \"password\": \"" + WikiSettings.DEMO_PASSWORD + "\"}",
              "Origin",
              "https://wiki.example.org");
      assertEquals(204, answer.statusCode());
      assertTrue(
          answer.headers().allValues("set-cookie").stream().allMatch(c -> c.contains("; Secure")));
      assertTrue(header(answer, "strict-transport-security").startsWith("max-age="));
    }
  }
}

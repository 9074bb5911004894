package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.wiki.server.WebServer;
import org.tandem.wiki.settings.TrustedProxies;
import org.tandem.wiki.settings.WikiSettings;

/** What a proxy in front sees of a node that starts and of one that ends. */
@Timeout(60)
class EndingTest {

  private static final String HEALTH = "GET /health/ready HTTP/1.1\r\nHost: wiki\r\n\r\n";

  @TempDir private Path home;

  /** A connection to the wiki, spoken to by hand; a character of an answer is a byte. */
  private record Line(Socket socket, BufferedReader answers) {

    static Line to(URI wiki) throws IOException {
      Socket socket = new Socket(wiki.getHost(), wiki.getPort());
      return new Line(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1)));
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    /** The status line and the headers of an answer, whose body is read over. */
    List<String> answer() throws IOException {
      List<String> head = new ArrayList<>();
      for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
        head.add(line);
      }
      int body =
          head.stream()
              .filter(line -> line.startsWith("Content-Length: "))
              .mapToInt(line -> Integer.parseInt(line.substring("Content-Length: ".length())))
              .findFirst()
              .orElse(0);
      assertEquals(body, answers.skip(body));
      return head;
    }
  }

  /** A listening socket would let a proxy's requests wait for the start, some seconds long. */
  @Test
  void aNodeThatStartsIsRefusedAndKeepsItsPort() throws Exception {
    WebServer starting = WebServer.bind("127.0.0.1", 0, TrustedProxies.none());
    try {
      assertThrows(ConnectException.class, () -> Line.to(starting.address()));
    } finally {
      starting.close();
    }
  }

  @Test
  void aSaveThatIsUnderWayEndsWellAndNewRequestsAreSentElsewhere() throws Exception {
    Wiki wiki = Wiki.start(WikiSettings.of(home, Map.of("port", "0", "demo", "true")));
    CompletableFuture<Void> ended;
    try {
      Browser browser = new Browser(wiki.address());
      browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
      String created =
          browser
              .call("POST", "/api/pages", "{\"space\": \"team\", \"title\": \"Last\"}")
              .headers()
              .firstValue("location")
              .orElseThrow();
      String body = "{\"ops\": [{\"insert\": \"last words\\n\"}]}";
      Line saving = Line.to(wiki.address());
      saving.send(head(browser, created, body.length()) + body.substring(0, 10));
      Line idle = Line.to(wiki.address());
      idle.send(HEALTH);
      assertEquals("HTTP/1.1 200 OK", idle.answer().get(0));

      ended = CompletableFuture.runAsync(wiki::close);
      awaitRefused(wiki.address());
      List<String> refusal = answerOfTheEnd(idle);
      assertEquals("HTTP/1.1 503 Service Unavailable", refusal.get(0));
      assertTrue(refusal.containsAll(List.of("Retry-After: 0", "Connection: close")));
      saving.send(body.substring(10));
      assertEquals("HTTP/1.1 200 OK", saving.answer().get(0));
    } finally {
      wiki.close();
    }
    ended.get(45, TimeUnit.SECONDS);
  }

  private static String head(Browser browser, String page, int length) {
    String cookies =
        browser.cookies.entrySet().stream()
            .filter(cookie -> !cookie.getKey().equals("refresh"))
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    return String.join(
        "\r\n",
        "PUT " + URI.create(page).getPath() + "/content HTTP/1.1",
        "Host: wiki",
        "Cookie: " + cookies,
        "X-CSRF-Token: " + browser.cookies.get("csrf"),
        "If-Match: \"0\"",
        "Content-Type: application/json",
        "Content-Length: " + length,
        "",
        "");
  }

  /** Connections are refused a moment before requests on those that are open. */
  private static List<String> answerOfTheEnd(Line idle) throws IOException {
    List<String> answer;
    do {
      idle.send(HEALTH);
      answer = idle.answer();
    } while (answer.get(0).equals("HTTP/1.1 200 OK"));
    return answer;
  }

  private static void awaitRefused(URI wiki) throws IOException {
    while (true) {
      try (Socket open = new Socket(wiki.getHost(), wiki.getPort())) {
        assertTrue(open.isConnected());
      } catch (ConnectException refused) {
        return;
      }
    }
  }
}

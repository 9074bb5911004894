package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.tandem.wiki.settings.WikiSettings;

/** What cannot be read is the caller's mistake: a problem of the fours, and no trace in the log. */
@ExtendWith(SharedWiki.class)
class BadInputTest {

  private static final byte[] BROKEN_UTF_32 = {0, 0, 0, '{', 0x7f, 0x7f, 0x7f, 0x7f};
  private static final byte[] BROKEN_UTF_8 = {'{', '"', (byte) 0xc3, '"', ':', '1', '}'};

  private final Browser browser;
  private final Wiki wiki;
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  BadInputTest(Browser browser, Wiki wiki) {
    this.browser = browser;
    this.wiki = wiki;
  }

  @BeforeEach
  void listen() throws Exception {
    browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
    heard.start();
    root.addAppender(heard);
  }

  @AfterEach
  void nothingWasTraced() {
    root.detachAppender(heard);
    assertEquals(
        List.of(),
        heard.list.stream()
            .filter(event -> event.getThrowableProxy() != null)
            .map(ILoggingEvent::getFormattedMessage)
            .toList());
  }

  private String page() throws Exception {
    String made = "{\"space\": \"team\", \"title\": \"Bad input\"}";
    return browser.call("POST", "/api/pages", made).headers().firstValue("location").orElseThrow();
  }

  /** The answer as text; the body breaks off where fewer bytes come than announced. */
  private String raw(String method, String path, String type, byte[] body, int announced)
      throws Exception {
    String cookies =
        browser.cookies.entrySet().stream()
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    String head =
        String.join(
            "\r\n",
            method + " " + path + " HTTP/1.1",
            "Host: x",
            "Connection: close",
            "Cookie: " + cookies,
            "X-CSRF-Token: " + browser.cookies.get("csrf"),
            "If-Match: \"1\"",
            "Content-Type: " + type,
            "Content-Length: " + announced,
            "",
            "");
    try (Socket socket = new Socket(wiki.address().getHost(), wiki.address().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void assertProblem(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertTrue(answer.contains("\"detail\""), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, text/markdown; charset=x-none, 415",
    "PUT, text/markdown; charset=-x, 415",
    "PUT, ///, 400",
    "POST, ///, 400"
  })
  void aTypeThatMakesNoSense(String method, String type, int status) throws Exception {
    String path = method.equals("PUT") ? page() + "/content" : "/api/pages";
    assertProblem(status, raw(method, path, type, new byte[] {'x'}, 1));
  }

  @ParameterizedTest
  @CsvSource({"/spaces/team/new", "/api/auth/refresh", "/sign-in", "/api/pages"})
  void aFormOfAnUnknownCharset(String path) throws Exception {
    for (String charset : List.of("x-none", "-x")) {
      HttpResponse<String> answer =
          browser.send(
              "POST",
              path,
              "csrf=" + browser.cookies.get("csrf") + "&title=x",
              "Content-Type",
              "application/x-www-form-urlencoded; charset=" + charset);
      assertEquals(415, answer.statusCode(), answer.body());
    }
  }

  @Test
  void aPageIsSentAnUnreadableType() throws Exception {
    String answer = raw("POST", "/spaces/team/new", "///", new byte[] {'x'}, 1);
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
  }

  @ParameterizedTest
  @CsvSource({"/api/pages", "/api/auth/sign-in"})
  void aBodyThatIsNoText(String path) throws Exception {
    for (byte[] body : List.of(BROKEN_UTF_32, BROKEN_UTF_8)) {
      assertProblem(400, raw("POST", path, "application/json", body, body.length));
    }
  }

  @Test
  void anAcceptThatMakesNoSense() throws Exception {
    assertEquals(400, browser.get("/api/me", "Accept", "///").statusCode());
    assertEquals(400, browser.get("/spaces/team", "Accept", "///").statusCode());
  }

  @Test
  void aBodyThatBreaksOff() throws Exception {
    byte[] half = "{\"space\":".getBytes(StandardCharsets.UTF_8);
    for (String path : List.of("/api/pages", "/api/auth/sign-in")) {
      assertBrokenOff(raw("POST", path, "application/json", half, 100));
    }
    assertBrokenOff(raw("PUT", page() + "/content", "text/markdown", half, 100));
    String form = "application/x-www-form-urlencoded";
    assertBrokenOff(raw("POST", "/spaces/team/new", form, half, 100));
    assertBrokenOff(raw("POST", "/spaces/team/import", FILE_FORM, half, 100));
  }

  private static final String FILE_FORM = "multipart/form-data; boundary=edge";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no form at all",
        "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nbreaks off",
        "--edge\r\n\r\n\r\n--edge--\r\n",
        "--edge\r\nContent-Disposition: form-data; filename=\"x\"\r\n\r\n\r\n--edge--\r\n",
      })
  void aFormWithFilesThatIsNone(String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (String type : List.of(FILE_FORM, "multipart/form-data")) {
      String answer = raw("POST", "/spaces/team/import", type, bytes, bytes.length);
      assertTrue(answer.matches("(?s)HTTP/1.1 4(00|22) .*"), answer);
    }
  }

  private static void assertBrokenOff(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
  }
}

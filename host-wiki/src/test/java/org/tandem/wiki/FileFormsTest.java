package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.wiki.settings.WikiSettings;

/** Forms with files on their way through the guard. */
@ExtendWith(SharedWiki.class)
class FileFormsTest {

  private static final String PATH = "/spaces/team/import";

  private final Browser browser;

  FileFormsTest(Browser browser) {
    this.browser = browser;
  }

  private static String body(String csrf, String file) {
    return "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
        + csrf
        + "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.md\"\r\n\r\n"
        + file
        + "\r\n--edge--\r\n";
  }

  private HttpResponse<String> send(String path, String body, String... more) throws Exception {
    String[] headers = new String[more.length + 4];
    System.arraycopy(more, 0, headers, 4, more.length);
    headers[0] = "Content-Type";
    headers[1] = "multipart/form-data; boundary=edge";
    headers[2] = "Accept";
    headers[3] = "text/html,application/xhtml+xml";
    return browser.send("POST", path, body, headers);
  }

  private void signIn() throws Exception {
    browser.signIn("editor1", WikiSettings.DEMO_PASSWORD);
  }

  private String csrf() {
    return browser.cookies.getOrDefault("csrf", "");
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("location").orElse("");
  }

  @Test
  void carryTheirTokenInside() throws Exception {
    signIn();
    HttpResponse<String> made = send(PATH, body(csrf(), "# Text"));
    assertEquals(303, made.statusCode(), made.body());
    assertTrue(browser.open(location(made)).body().contains("Text</h2>"));
    assertEquals(403, send(PATH, body("wrong", "# Text")).statusCode());
    assertEquals(403, send(PATH, body("", "# Text")).statusCode());
    assertEquals(
        403, send(PATH, body(csrf(), "# Text"), "Origin", "https://evil.example").statusCode());
  }

  @Test
  void ofStrangersAreRefused() throws Exception {
    assertEquals(401, send(PATH, body("", "x")).statusCode());
    assertEquals(401, send(PATH, "no form at all").statusCode());
    assertEquals(401, send(PATH, body("", "x".repeat(9 * 1024 * 1024))).statusCode());
  }

  @Test
  void areSentAgainWhenTheSignInIsRenewed() throws Exception {
    signIn();
    browser.cookies.remove("access");
    String body = body(csrf(), "# Sent again\n\n" + "word ".repeat(500_000));
    HttpResponse<String> sent = send(PATH, body);
    assertEquals(307, sent.statusCode());
    HttpResponse<String> back = send(location(sent), body);
    assertEquals(307, back.statusCode(), back.body());
    assertEquals(PATH, location(back));
    assertEquals(303, send(PATH, body).statusCode());
  }

  @Test
  void areBounded() throws Exception {
    signIn();
    HttpResponse<String> large = send(PATH, body(csrf(), "x".repeat(11 * 1024 * 1024)));
    assertEquals(413, large.statusCode());
    assertTrue(large.body().contains("larger than 10 MB"), large.body());
  }
}

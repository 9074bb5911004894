package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
@Timeout(300)
class MainTest {

  @TempDir Path home;

  private Process start(Map<String, String> environment) throws IOException {
    return Program.start(home, environment);
  }

  @Nested
  class EndsWithOneSentenceWhen {

    private void assertRefused(String expected, Map<String, String> environment) throws Exception {
      Process process = start(environment);
      String errors = new String(process.getErrorStream().readAllBytes());
      String output = new String(process.getInputStream().readAllBytes());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(2, process.exitValue(), errors + output);
      assertEquals(1, errors.lines().count(), errors);
      assertTrue(errors.contains(expected), errors);
      assertFalse((errors + output).contains("\tat "), errors + output);
    }

    @Test
    void thePortIsTaken() throws Exception {
      try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        String port = Integer.toString(other.getLocalPort());
        assertRefused("port " + port + " at 127.0.0.1 is taken", Map.of("TANDEM_PORT", port));
      }
    }

    @Test
    void theDataFolderCannotBeWritten() throws Exception {
      Path file = Files.writeString(home.resolve("file"), "");
      assertRefused("cannot be written", Map.of("TANDEM_DATA", file.resolve("data").toString()));
    }

    @Test
    void theDatabaseIsNotReachable() throws Exception {
      assertRefused(
          "not reachable", Map.of("TANDEM_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none"));
    }

    @Test
    void aSettingMakesNoSense() throws Exception {
      assertRefused("TANDEM_PORT=eighty", Map.of("TANDEM_PORT", "eighty"));
      assertRefused(
          "TANDEM_TRUSTED_PROXIES=proxy", Map.of("TANDEM_TRUSTED_PROXIES", "proxy.example.org"));
    }

    @Test
    void theAddressIsNotOfThisMachine() throws Exception {
      assertRefused("tandem.address", Map.of("TANDEM_ADDRESS", "192.0.2.1"));
      assertRefused("tandem.address", Map.of("TANDEM_ADDRESS", "no such host"));
    }
  }

  @Nested
  class Runs {

    private String after(List<String> lines, String label) {
      Matcher found =
          Pattern.compile(Pattern.quote(label) + "\\s*(\\S+)").matcher(String.join("\n", lines));
      assertTrue(found.find(), lines.toString());
      return found.group(1);
    }

    @Test
    void andGivesTheFirstAdministratorAPasswordForOnce() throws Exception {
      Process unread = start(Map.of());
      String lost = after(Program.welcome(unread), "Password");
      Program.stop(unread);
      Process first = start(Map.of());
      List<String> lines = Program.welcome(first);
      String password = after(lines, "Password");
      Browser browser = new Browser(URI.create(after(lines, "running:")));
      assertEquals(401, browser.signIn("admin", lost).statusCode());
      assertEquals(204, browser.signIn("admin", password).statusCode());
      HttpResponse<String> sent = browser.open("/spaces/x");
      assertEquals(
          "/password?next=%2Fspaces%2Fx", sent.headers().firstValue("location").orElseThrow());
      assertEquals(403, browser.get("/api/spaces").statusCode());
      assertEquals(200, browser.open("/password").statusCode());
      assertTrue(change(browser, password, "short", "short").body().contains("too short"));
      assertTrue(
          change(browser, "wrong", "correct horse", "correct horse").body().contains("not right"));
      assertTrue(
          change(browser, password, "correct horse", "other horse").body().contains("differ"));
      assertEquals(303, change(browser, password, "correct horse", "correct horse").statusCode());
      assertEquals(200, browser.get("/api/spaces").statusCode());
      List<String> rest = Program.stop(first);
      assertEquals("Stopped.", rest.get(rest.size() - 1));

      Process second = start(Map.of());
      List<String> again = Program.welcome(second);
      assertFalse(String.join("\n", again).contains("Password  "), again.toString());
      Browser back = new Browser(URI.create(after(again, "running:")));
      assertEquals(401, back.signIn("admin", password).statusCode());
      assertEquals(204, back.signIn("admin", "correct horse").statusCode());
      Program.stop(second);
      assertTrue(Files.size(home.resolve("data/logs/tandem.log")) >= 0);
    }

    private HttpResponse<String> change(Browser browser, String current, String next, String again)
        throws Exception {
      return browser.form(
          "/password",
          Map.of(
              "csrf", browser.cookies.get("csrf"),
              "current", current,
              "password", next,
              "again", again,
              "next", "/"));
    }
  }
}

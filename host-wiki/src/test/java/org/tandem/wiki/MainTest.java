package org.tandem.wiki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own. */
@Timeout(120)
class MainTest {

  @TempDir Path home;

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Dtandem.home=" + home,
            "-cp",
            mainClassPath(),
            "org.tandem.wiki.Main");
    builder.environment().keySet().removeIf(name -> name.startsWith("TANDEM_"));
    builder.environment().put("TANDEM_PORT", "0");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Without the tests' folder, whose logging is for tests. */
  private static String mainClassPath() {
    String separator = System.getProperty("path.separator");
    return Stream.of(System.getProperty("java.class.path").split(Pattern.quote(separator)))
        .filter(entry -> !entry.endsWith("test-classes"))
        .reduce((one, other) -> one + separator + other)
        .orElseThrow();
  }

  @Nested
  class EndsWithOneSentenceWhen {

    private void assertRefused(String expected, Map<String, String> environment) throws Exception {
      Process process = start(environment);
      String errors = new String(process.getErrorStream().readAllBytes());
      String output = new String(process.getInputStream().readAllBytes());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
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
    }

    @Test
    void theAddressIsNotOfThisMachine() throws Exception {
      assertRefused("tandem.address", Map.of("TANDEM_ADDRESS", "192.0.2.1"));
      assertRefused("tandem.address", Map.of("TANDEM_ADDRESS", "no such host"));
    }
  }

  @Nested
  class Runs {

    /** What the program says until its last line. */
    private List<String> welcome(Process process) throws IOException {
      List<String> lines = new ArrayList<>();
      BufferedReader reader = process.inputReader();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        if (line.contains("Ctrl-C")) {
          return lines;
        }
      }
      throw new AssertionError(
          "it ended: " + lines + new String(process.getErrorStream().readAllBytes()));
    }

    private String after(List<String> lines, String label) {
      Matcher found =
          Pattern.compile(Pattern.quote(label) + "\\s*(\\S+)").matcher(String.join("\n", lines));
      assertTrue(found.find(), lines.toString());
      return found.group(1);
    }

    private List<String> stop(Process process) throws Exception {
      List<ProcessHandle> started = process.descendants().toList();
      process.toHandle().destroy(); // Process.destroy would close the output as well
      List<String> rest = process.inputReader().lines().toList();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(143, process.exitValue());
      assertTrue(started.stream().noneMatch(ProcessHandle::isAlive), "the database ends too");
      return rest;
    }

    @Test
    void andGivesTheFirstAdministratorAPasswordForOnce() throws Exception {
      Process unread = start(Map.of());
      String lost = after(welcome(unread), "Password");
      stop(unread);
      Process first = start(Map.of());
      List<String> lines = welcome(first);
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
      List<String> rest = stop(first);
      assertEquals("Stopped.", rest.get(rest.size() - 1));

      Process second = start(Map.of());
      List<String> again = welcome(second);
      assertFalse(String.join("\n", again).contains("Password  "), again.toString());
      Browser back = new Browser(URI.create(after(again, "running:")));
      assertEquals(401, back.signIn("admin", password).statusCode());
      assertEquals(204, back.signIn("admin", "correct horse").statusCode());
      stop(second);
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

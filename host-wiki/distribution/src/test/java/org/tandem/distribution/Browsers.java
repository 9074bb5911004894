package org.tandem.distribution;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The system's Chromium, and people in windows of it. What a page complains of is collected.
 * Threads: one test's.
 */
final class Browsers implements AutoCloseable {

  private static final List<String> PLACES =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browsers(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /**
   * Starts the browser; without one the test is skipped, or fails where {@code
   * TANDEM_BROWSER_REQUIRED} says so.
   */
  static Browsers start() {
    Optional<Path> chromium =
        Stream.concat(Stream.ofNullable(System.getenv("CHROMIUM")), PLACES.stream())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();
    if (chromium.isEmpty()) {
      if ("true".equals(System.getenv("TANDEM_BROWSER_REQUIRED"))) {
        throw new AssertionError("no Chromium was found, and the browser tests are required");
      }
      Assumptions.abort("no Chromium was found: install one, or set CHROMIUM to its path");
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    .setArgs(ARGUMENTS));
    return new Browsers(playwright, browser);
  }

  /** Somebody's own window, signed in. */
  Page signedIn(URI wiki, String name) {
    BrowserContext context = browser.newContext();
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = context.newPage();
    watch(page, name);
    page.navigate(wiki + "/sign-in");
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", WikiSettings.DEMO_PASSWORD);
    page.click("main button[type=submit]");
    page.waitForSelector(".site-user");
    return page;
  }

  /** A window without JavaScript, signed in. */
  Page withoutScript(URI wiki, String name) {
    Page page =
        browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false)).newPage();
    page.navigate(wiki + "/sign-in");
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", WikiSettings.DEMO_PASSWORD);
    page.click("main button[type=submit]");
    return page;
  }

  private void watch(Page page, String name) {
    page.onConsoleMessage(message -> note(name, message));
    page.onPageError(error -> complaints.add(name + ": " + error));
  }

  private void note(String name, ConsoleMessage message) {
    if (List.of("error", "warning").contains(message.type())) {
      complaints.add(name + ": " + message.text());
    }
  }

  /** Errors and warnings of all consoles, violations of the security policy among them. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

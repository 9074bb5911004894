package org.tandem.distribution;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tandem.wiki.settings.WikiSettings;

/**
 * The system's Chromium, and people in windows of it. What a page complains of is collected.
 * Threads: one test's.
 */
public final class Browsers implements AutoCloseable {

  /** In which a page shows what is expected of it; Playwright's own 5 s are for an idle machine. */
  private static final double PATIENCE_MS = 30_000;

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

  /** Starts the browser; without one the test is skipped or fails, as {@link Program} says. */
  public static Browsers start() {
    Path chromium = Program.CHROMIUM.installed();
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(ARGUMENTS));
    return new Browsers(playwright, browser);
  }

  /** Somebody's own window, signed in; a proxy's certificate may be a test's own. */
  public Page signedIn(URI wiki, String name) {
    BrowserContext context =
        browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    Page page = context.newPage();
    watch(page, name);
    signIn(page, wiki, name);
    return page;
  }

  private static void signIn(Page page, URI wiki, String name) {
    page.navigate(wiki + "/sign-in");
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", WikiSettings.DEMO_PASSWORD);
    page.click("main button[type=submit]");
    page.waitForSelector(".site-user");
  }

  /** A window without JavaScript, signed in. */
  Page withoutScript(URI wiki, String name) {
    Page page =
        browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false)).newPage();
    signIn(page, wiki, name);
    return page;
  }

  /**
   * Returns when the editor of the window knows of a caret that a key has moved: the browser tells
   * it a little later, and a command in between would be carried out where the caret was.
   */
  static void awaitCaret(Page window) {
    window.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
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
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

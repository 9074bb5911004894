package org.tandem.distribution;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.testkit.WikiClient;

/** The data folder is set back to a copy while somebody has a page open in a browser. */
@Timeout(300)
class RestoredBackupIT {

  private static final double PATIENCE = 60_000;

  @TempDir private Path folder;

  private final int port = RunningWiki.freePort();
  private Browsers browsers;
  private RunningWiki wiki;

  @BeforeEach
  void start() {
    browsers = Browsers.start();
    wiki = startWiki();
  }

  @AfterEach
  void end() {
    if (wiki != null) {
      wiki.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path backup() {
    return folder.resolve("backup");
  }

  private RunningWiki startWiki() {
    return RunningWiki.start(data(), Map.of("TANDEM_PORT", Integer.toString(port)));
  }

  private void stop() {
    wiki.terminate();
    assertEquals(143, wiki.awaitEnd());
  }

  private static void copy(Path from, Path to) {
    try {
      Process copying = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
      if (!copying.waitFor(60, TimeUnit.SECONDS) || copying.exitValue() != 0) {
        throw new AssertionError(from + " could not be copied");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void restore() {
    try {
      Files.move(data(), folder.resolve("lost"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    copy(backup(), data());
  }

  private static Locator text(Page window) {
    return window.locator(".ProseMirror");
  }

  private static void write(Page window, String words) {
    text(window).click();
    window.keyboard().press("Control+End");
    window.keyboard().type(words);
  }

  private static void awaitSaved(Page window) {
    Locator state = window.locator("[data-save-state]");
    LocatorAssertions.HasAttributeOptions patiently =
        new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
    assertThat(state).hasAttribute("data-phase", "live", patiently);
    assertThat(state).hasAttribute("data-save-state", "saved", patiently);
  }

  /** In a moment: a window that was just typed in can still show that all before is saved. */
  private void awaitStored(PageId page, String text) {
    WikiClient reader = wiki.person("editor2");
    await()
        .atMost(Duration.ofMillis((long) PATIENCE))
        .untilAsserted(() -> assertEquals(text, PlainText.of(reader.content(page).document())));
  }

  @Test
  void isToldAndTheWriterGoesOn() {
    PageId page = wiki.person("editor1").createPage("Set back");
    Page window = browsers.signedIn(wiki.address(), "editor1");
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(text(window)).isVisible();
    write(window, "Before the backup.");
    awaitStored(page, "Before the backup.\n");
    awaitSaved(window);

    stop();
    copy(data(), backup());
    wiki = startWiki();
    write(window, " Saved behind it.");
    awaitStored(page, "Before the backup. Saved behind it.\n");
    awaitSaved(window);

    stop();
    write(window, " Never sent.");
    restore();
    wiki = startWiki();
    awaitSaved(window);
    assertThat(window.locator(".editor-notice")).containsText("set back to an older state");
    assertThat(window.locator(".editor-unsent")).hasText("Saved behind it.");
    assertThat(text(window)).hasText("Before the backup. Never sent.");

    write(window, " And on.");
    awaitStored(page, "Before the backup. Never sent. And on.\n");
    awaitSaved(window);
    window.getByLabel("Close this notice").click();
    assertThat(window.locator(".editor-notice")).hasCount(0);
  }
}

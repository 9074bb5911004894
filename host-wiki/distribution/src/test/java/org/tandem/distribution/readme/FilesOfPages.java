package org.tandem.distribution.readme;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.tandem.api.host.PageId;

/** How editor1 takes a page out of the wiki as a file, and makes one of a file. */
final class FilesOfPages {

  private static final Pattern PAGE = Pattern.compile(".*/pages/[0-9a-f-]{36}$");

  private FilesOfPages() {}

  /**
   * Chooses in the page's menu <i>Export</i>.
   *
   * @param folder gets what the browser downloads, by the name that the wiki gives it
   */
  static Path export(Desks desks, PageId page, String label, Path folder) {
    Page window = desks.one();
    desks.read(window, page);
    menu(window, "Export");
    Download download = window.waitForDownload(() -> link(window, label));
    Path file = folder.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  /** Goes from the page to the form for a file, and sends one; a page below comes of it. */
  static PageId bring(Desks desks, PageId page, Path file) {
    choose(desks, page, file);
    assertThat(desks.one()).hasURL(PAGE);
    return PageId.parse(desks.one().url().replaceFirst(".*/", "")).orElseThrow();
  }

  /** Goes from the page to the form for a file, and sends one, whatever comes of it. */
  static void choose(Desks desks, PageId page, Path file) {
    Page window = desks.one();
    desks.read(window, page);
    menu(window, "More");
    link(window, "New page below");
    link(window, "Import a file");
    send(window, file, "");
  }

  /**
   * Sends a file with the form.
   *
   * @param way what it is; empty: what its name says
   */
  static void send(Page window, Path file, String way) {
    window.getByLabel("File, at most 10 MB").setInputFiles(file);
    window.getByLabel("What it is").selectOption(way);
    window
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import").setExact(true))
        .click();
  }

  private static void menu(Page window, String label) {
    window.locator(".page-actions summary").getByText(label).click();
  }

  private static void link(Page window, String label) {
    window.locator("main").getByRole(AriaRole.LINK).getByText(label).first().click();
  }
}

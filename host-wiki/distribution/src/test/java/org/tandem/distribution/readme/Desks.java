package org.tandem.distribution.readme;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.tandem.api.host.PageId;
import org.tandem.distribution.RunningWiki;

/**
 * Two people at their browsers, who write one page.
 *
 * @param one editor1's window
 * @param two editor2's window
 */
record Desks(RunningWiki wiki, Page one, Page two) {

  /** Makes a page that editor1 edits. */
  PageId edit(String title) {
    PageId page = wiki.person("editor1").createPage(title);
    edit(one, page);
    return page;
  }

  /** Makes a page that both edit. */
  PageId editBoth(String title) {
    PageId page = edit(title);
    edit(two, page);
    return page;
  }

  void edit(Page window, PageId page) {
    window.navigate(wiki.address() + "/pages/" + page + "/edit");
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-phase", "live");
    text(window).click();
  }

  void read(Page window, PageId page) {
    window.navigate(wiki.address() + "/pages/" + page);
  }

  static Locator text(Page window) {
    return window.locator(".ProseMirror");
  }

  static void type(Page window, String text) {
    window.keyboard().type(text);
  }

  static void press(Page window, String keys) {
    window.keyboard().press(keys);
  }

  static Locator control(Page window, String label) {
    return window.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
  }

  /** Chooses what the slash menu has first for a word. */
  static void slash(Page window, String word, String title) {
    type(window, "/" + word);
    assertThat(window.locator("[role=option]").first()).containsText(title);
    press(window, "Enter");
  }

  /** Opens a side panel. */
  static Locator panel(Page window, String title) {
    window.locator(".editor-panel-buttons").getByText(title).click();
    return window.locator("aside.editor-panel .editor-panel-body");
  }

  static void awaitSaved(Page window) {
    assertThat(window.locator("[data-save-state]")).hasAttribute("data-save-state", "saved");
  }
}

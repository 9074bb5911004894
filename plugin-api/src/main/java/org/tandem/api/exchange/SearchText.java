package org.tandem.api.exchange;

import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;

/**
 * Says by which words a page is found beside those of its text, such as the names of people who
 * stand in it as ids, or what its abbreviations mean.
 *
 * <p>Life cycle: asked from its registration until that is closed, whenever the wiki has a new
 * content of a page. Soon after the registration, all pages that were not indexed with this version
 * of the plugin and this {@link #edition} are asked about one after the other, by one node or by
 * several. When the plugin is gone the words stay until the page's next change.
 *
 * <p>Threads: called by threads of the host, for several pages at once. Whoever saves waits for it,
 * so it does no I/O: what it has to know it keeps at hand.
 *
 * <p>Failure: all of one page together have 250 ms. One that takes longer, throws or answers null
 * is a fault: the page is found by its text, and the plugin is asked again after a minute, then
 * after two, then after four, up to a day. After three such calls in a row that took too long on
 * one page it is left out there on that node for ten minutes; when it fails on page after page,
 * those that are left to be indexed anew wait for an hour. A plugin with three threads that hang
 * has all its hooks off on that node.
 */
@FunctionalInterface
public interface SearchText {

  /** Characters of an answer that are read; what is behind them is left out. */
  int LONGEST = 10_000;

  /**
   * The words, with whatever between them: letters and digits alone are kept. Empty for none.
   *
   * @param page the page, which may only just be made
   * @param document its content
   */
  String words(PageId page, Delta document);

  /**
   * What the words depend on besides the page and the plugin's version, such as a setting: with
   * another value than before all pages are asked about again. At most 100 characters. Asked once,
   * at the registration.
   */
  default String edition() {
    return "";
  }

  /**
   * A word or two for the admin, who sees which there are: 1 to 80 characters. Asked once, at the
   * registration.
   */
  default String name() {
    return "search text";
  }
}

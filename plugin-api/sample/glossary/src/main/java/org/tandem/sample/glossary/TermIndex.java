package org.tandem.sample.glossary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.PageChange;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;

/**
 * The terms of pages. They follow from the pages' text, so they are kept in memory and nothing is
 * lost with it: on the node that orders a page's changes they are those of the newest committed
 * change; another node, or one that was just started, reads the wiki's own content, which comes
 * some seconds after.
 *
 * <p>Threads: safe for use by any thread.
 */
final class TermIndex implements ChangeListener {

  private static final int MOST_PAGES = 1_000;

  private record Indexed(long rev, List<Term> terms) {}

  private final Outlines outlines;
  private final Map<PageId, Indexed> pages =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PageId, Indexed> eldest) {
          return size() > MOST_PAGES;
        }
      };

  TermIndex(Outlines outlines) {
    this.outlines = outlines;
  }

  @Override
  public void committed(PageChange change) {
    // Of several changes in a row the last is always known to the guard.
    outlines
        .at(change)
        .ifPresent(outline -> keep(change.page(), new Indexed(change.rev(), Term.in(outline))));
  }

  /** The page's terms, of the newest revision that is known here. */
  List<Term> of(PageId page, PageContent content) {
    synchronized (pages) {
      Indexed known = pages.get(page);
      if (known != null && known.rev >= content.rev()) {
        return known.terms;
      }
    }
    Indexed read = new Indexed(content.rev(), Term.in(outlines.of(content.document())));
    keep(page, read);
    return read.terms;
  }

  private void keep(PageId page, Indexed indexed) {
    synchronized (pages) {
      pages.merge(page, indexed, (known, newer) -> newer.rev >= known.rev ? newer : known);
    }
  }

  void forget(PageId page) {
    synchronized (pages) {
      pages.remove(page);
    }
  }

  @Override
  public String name() {
    return "index of terms";
  }
}

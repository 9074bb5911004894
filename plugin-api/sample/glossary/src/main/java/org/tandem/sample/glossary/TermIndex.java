package org.tandem.sample.glossary;

import java.util.Iterator;
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
 * some seconds after. Those that nobody asked for longest are dropped when they become too many.
 *
 * <p>Threads: safe for use by any thread.
 */
final class TermIndex implements ChangeListener {

  private static final int MOST_PAGES = 1_000;

  /** Of all pages together; the longest glossary has a tenth of them at most. */
  static final int MOST_CHARACTERS = 4_000_000;

  private record Indexed(long rev, List<Term> terms) {

    int characters() {
      return terms.stream().mapToInt(Term::length).sum();
    }
  }

  private final Outlines outlines;
  private final Map<PageId, Indexed> pages = new LinkedHashMap<>(16, 0.75f, true);
  private int characters;

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
      Indexed known = pages.get(page);
      if (known != null && known.rev > indexed.rev) {
        return;
      }
      forget(page);
      pages.put(page, indexed);
      characters += indexed.characters();
      Iterator<Indexed> eldest = pages.values().iterator();
      while (pages.size() > MOST_PAGES || characters > MOST_CHARACTERS) {
        characters -= eldest.next().characters();
        eldest.remove();
      }
    }
  }

  void forget(PageId page) {
    synchronized (pages) {
      Indexed gone = pages.remove(page);
      characters -= gone == null ? 0 : gone.characters();
    }
  }

  /** How many characters the terms that are kept have. */
  int characters() {
    synchronized (pages) {
      return characters;
    }
  }

  @Override
  public String name() {
    return "index of terms";
  }
}

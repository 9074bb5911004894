package org.tandem.wiki.content;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * Reads and saves contents through the page authority while there is one, else as the wiki alone.
 * Rights were asked before.
 */
public final class Editing {

  private static final Logger LOG = LoggerFactory.getLogger(Editing.class);

  private final Supplier<Optional<PageAuthority>> authority;
  private final Contents contents;

  public Editing(Supplier<Optional<PageAuthority>> authority, Contents contents) {
    this.authority = authority;
    this.contents = contents;
  }

  /** How contents are read. */
  public Shown shown() {
    return contents.shown();
  }

  /** The newest content: the authority's, or what the wiki holds while that does not answer. */
  public Optional<PageContent> current(PageId page) {
    return asked(ordering -> ordering.current(page)).or(() -> contents.content(page));
  }

  /** The content at a revision, when the list of versions or the authority has it still. */
  public Optional<PageContent> at(PageId page, long rev) {
    return contents
        .version(page, rev)
        .or(() -> contents.content(page).filter(content -> content.rev() == rev))
        .or(() -> emptyAtBirth(page, rev))
        .or(() -> asked(ordering -> ordering.at(page, rev)));
  }

  private Optional<PageContent> emptyAtBirth(PageId page, long rev) {
    return rev == 0
        ? contents.content(page).map(any -> new PageContent(0, Documents.EMPTY_PAGE))
        : Optional.empty();
  }

  public SaveOutcome save(PageId page, UserId author, long baseRev, Delta document) {
    Optional<PageAuthority> ordering = authority.get();
    if (ordering.isEmpty()) {
      return contents.save(page, author, baseRev, document);
    }
    try {
      return ordering.get().save(page, author, baseRev, document);
    } catch (RuntimeException failure) {
      LOG.warn("The page authority did not save page {}", page, failure);
      return new SaveOutcome.Unavailable();
    }
  }

  private Optional<PageContent> asked(Function<PageAuthority, Optional<PageContent>> question) {
    try {
      return authority.get().flatMap(question);
    } catch (RuntimeException failure) {
      LOG.warn("The page authority did not answer: {}", failure.toString());
      return Optional.empty();
    }
  }
}

package org.tandem.api.editor;

import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/**
 * Who orders the changes of pages. Without one the wiki does it itself: one person edits at a time.
 *
 * <p>Threads: called by many threads of the host; a call returns within 10 s.
 */
public interface PageAuthority {

  /** The newest committed content; empty when there is no such page. */
  Optional<PageContent> current(PageId page);

  /** The content at a revision; empty when the page or the revision is not to be had. */
  Optional<PageContent> at(PageId page, long rev);

  /**
   * Enters what a user saved in one piece (REST, import, a form) as one change: {@code document} is
   * diffed against the content at {@code baseRev}, and the change is ordered like any other, so
   * that what others wrote since then stays.
   */
  SaveOutcome save(PageId page, UserId author, long baseRev, Delta document);
}

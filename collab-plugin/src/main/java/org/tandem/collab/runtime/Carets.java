package org.tandem.collab.runtime;

import java.util.Optional;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.Selection;

/** Brings carets to the page's newest revision. All calls come in the page's mailbox. */
final class Carets {

  private final PageCopy copy;

  Carets(PageCopy copy) {
    this.copy = copy;
  }

  /**
   * A selection at the committed revision, where that can be had, and within the document; nothing
   * for one of a revision that this node has not seen.
   */
  Optional<Selection> atHead(Selection selection) {
    long head = copy.committedRev();
    if (selection.rev() > head) {
      return Optional.empty();
    }
    PageState state = copy.atHand().orElse(null);
    if (state == null || selection.rev() < state.reach()) {
      return Optional.of(selection);
    }
    Selection moved = selection;
    int length = state.document().length();
    for (Revision revision : state.after(selection.rev())) {
      if (revision.rev() <= head) {
        moved = Peers.moved(moved, revision.rev(), revision.delta());
      } else {
        // On its way to the log: all carets are moved by it once it is there.
        length -= revision.delta().changeLength();
      }
    }
    return Optional.of(moved.within(length));
  }
}

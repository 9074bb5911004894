package org.tandem.collab.runtime;

import java.util.Optional;
import org.tandem.collab.page.PageState;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.Selection;

/** Brings carets to the page's newest revision. All calls come in the page's mailbox. */
final class Carets {

  private final PageSequencer sequencer;

  Carets(PageSequencer sequencer) {
    this.sequencer = sequencer;
  }

  /**
   * A selection at the committed revision, where that can be had, and within the document; nothing
   * for one of a revision that this node has not seen.
   */
  Optional<Selection> atHead(Selection selection) {
    PageState state =
        sequencer.loaded() && sequencer.idle() ? sequencer.state().orElse(null) : null;
    if (state == null || selection.rev() < state.reach()) {
      return Optional.of(selection).filter(some -> some.rev() <= sequencer.committedRev());
    }
    if (selection.rev() > state.rev()) {
      return Optional.empty();
    }
    Selection moved = selection;
    for (Revision revision : state.after(selection.rev())) {
      moved = Peers.moved(moved, revision.rev(), revision.delta());
    }
    return Optional.of(moved.within(state.document().length()));
  }
}

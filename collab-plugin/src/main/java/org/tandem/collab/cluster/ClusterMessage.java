package org.tandem.collab.cluster;

import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/** What nodes say to each other. */
public sealed interface ClusterMessage {

  /** About one page; of no use to a node that does not have it open. */
  sealed interface OfPage extends ClusterMessage {

    PageId page();
  }

  /**
   * To the owner: a change that a client of the sender made.
   *
   * @param attempt comes back with the answer: the seq of a refused change is used again
   */
  record Submit(PageId page, long attempt, Submission submission) implements ClusterMessage {}

  /** To the sender of a {@link Submit}: it had its place before, at this revision. */
  record Repeated(PageId page, ClientId client, long attempt, long seq, long rev)
      implements OfPage {}

  /** To the sender of a {@link Submit}: it gets no place. */
  record Refused(
      PageId page, ClientId client, long attempt, long seq, ErrorCode code, String reason)
      implements OfPage {}

  /** To the nodes that have the page open: these are committed. */
  record Committed(PageId page, List<Revision> revisions) implements OfPage {

    public Committed {
      revisions = List.copyOf(revisions);
    }
  }

  /** To all, or to who does not know: the sender has these pages open, from now on or still. */
  record Opened(List<PageId> pages) implements ClusterMessage {

    public Opened {
      pages = List.copyOf(pages);
    }
  }

  /** To all: the sender no longer has this page open. */
  record Closed(PageId page) implements ClusterMessage {}

  /**
   * To a node that opened the page, and now and then to all, since news may have been lost: this is
   * the newest committed revision.
   */
  record Head(PageId page, long rev) implements OfPage {}

  /**
   * To nodes that have the page open: this peer is on the sender's.
   *
   * @param since when it joined there
   */
  record Here(PageId page, ServerFrame.PeerInfo peer, Optional<Selection> cursor, Stamp since)
      implements OfPage {}

  /**
   * To the nodes that have the page open: a caret moved, a peer changed, left or shows something of
   * itself, or there is something for all who are on the page: a notice, a message.
   */
  record Presence(PageId page, ServerFrame frame) implements OfPage {}
}

package org.tandem.collab.cluster;

import java.util.List;
import org.tandem.api.host.PageId;
import org.tandem.collab.page.Revision;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.ServerFrame;

/** What nodes say to each other. */
public sealed interface ClusterMessage {

  /** To the owner: a change that a client of the sender made. */
  record Submit(PageId page, Submission submission) implements ClusterMessage {}

  /** To the sender of a {@link Submit}: it had its place before, at this revision. */
  record Repeated(PageId page, ClientId client, long seq, long rev) implements ClusterMessage {}

  /** To the sender of a {@link Submit}: it gets no place. */
  record Refused(PageId page, ClientId client, long seq, ErrorCode code, String reason)
      implements ClusterMessage {}

  /** To the nodes that have the page open: these are committed. */
  record Committed(PageId page, List<Revision> revisions) implements ClusterMessage {

    public Committed {
      revisions = List.copyOf(revisions);
    }
  }

  /** To all: the sender has these pages open, from now on or still. */
  record Opened(List<PageId> pages) implements ClusterMessage {

    public Opened {
      pages = List.copyOf(pages);
    }
  }

  /** To all: the sender no longer has this page open. */
  record Closed(PageId page) implements ClusterMessage {}

  /** To a node that opened the page: this is the newest committed revision. */
  record Head(PageId page, long rev) implements ClusterMessage {}

  /** To the nodes that have the page open: a caret moved or a peer came, changed or left. */
  record Presence(PageId page, ServerFrame frame) implements ClusterMessage {}
}

package org.tandem.collab.runtime;

import org.tandem.api.host.PageId;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.cluster.Ownership;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ErrorCode;

/**
 * The way of a change to the page's owner: this node's own sequencer, or another node. All calls
 * come in the page's mailbox.
 */
final class ToOwner {

  private final PageId page;
  private final Ports ports;
  private final PageSequencer sequencer;
  private final Forwarding forwarding;
  private final WhenIdle whenIdle;

  ToOwner(
      PageId page, Ports ports, PageSequencer sequencer, Forwarding forwarding, WhenIdle whenIdle) {
    this.page = page;
    this.ports = ports;
    this.sequencer = sequencer;
    this.forwarding = forwarding;
    this.whenIdle = whenIdle;
  }

  private NodeId owner() {
    return Ownership.owner(ports.cluster().view(), page);
  }

  /** Whether this node is the owner. */
  boolean isHere() {
    return owner().equals(ports.cluster().self());
  }

  void submit(Author author, Submission submission) {
    if (isHere()) {
      sequencer.submit(author, submission);
    } else {
      // Loaded first, so that this node can follow to the revision that will be the answer.
      whenIdle.run(
          state -> forward(author, submission, state.isPresent()),
          away -> author.refused(submission.seq(), ErrorCode.UNAVAILABLE, PageSequencer.AWAY));
    }
  }

  private void forward(Author author, Submission submission, boolean exists) {
    if (exists) {
      ports.telemetry().forwarded();
      long attempt = forwarding.add(author, submission, ports.millis().getAsLong());
      ports.cluster().send(owner(), new ClusterMessage.Submit(page, attempt, submission));
    } else {
      author.refused(submission.seq(), ErrorCode.FORBIDDEN, "There is no such page any more.");
    }
  }

  /** The view changed: what was on its way is sent again, to the owner of now. */
  void again() {
    forwarding
        .takeAll()
        .forEach(waiting -> submit(Doubtful.of(waiting.author()), waiting.submission()));
  }

  /** The owner may be stopped or slow: the log decides between it and this node. */
  void tick(long now) {
    for (Forwarding.Forwarded late : forwarding.late(now)) {
      sequencer.submit(Doubtful.of(late.author()), late.submission());
    }
  }
}

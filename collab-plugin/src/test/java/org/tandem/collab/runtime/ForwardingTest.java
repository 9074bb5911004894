package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.cluster.ClusterMessage;
import org.tandem.collab.cluster.NodeId;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;

class ForwardingTest {

  private final ClientId client = Clients.fresh();
  private final Submission change =
      new Submission(
          client,
          1,
          UserId.random(),
          0,
          List.of(Delta.builder().insert("x").build()),
          Manner.TYPED);
  private final HostSave author = new HostSave();
  private final Forwarding forwarding = new Forwarding();

  /** After a change of the view both owners refused a change; the next one has the same seq. */
  @Test
  void letsGoOfAnAnswerToAnEarlierAttempt() {
    long first = forwarding.add(author, change, 0);
    long again = forwarding.add(author, change, 1);
    assertEquals(Optional.of(author), answered(again));
    long next = forwarding.add(author, change, 2);
    assertEquals(Optional.empty(), forwarding.answered(client, first));
    assertEquals(Optional.empty(), forwarding.answered(client, again));
    assertEquals(Optional.of(author), answered(next));
  }

  @Test
  void givesUpAfterAWhile() {
    forwarding.add(author, change, 0);
    assertEquals(List.of(), forwarding.late(3_000));
    assertEquals(1, forwarding.late(3_001).size());
    assertEquals(List.of(), forwarding.takeAll());
  }

  private Optional<Author> answered(long attempt) {
    return forwarding.answered(client, attempt).map(Forwarding.Forwarded::author);
  }

  @Test
  void takesASubmissionThatComesTwiceOrLateForNoNews() {
    NodeId sender = new NodeId("a");
    assertTrue(forwarding.arrived(sender, submit(2)));
    assertFalse(forwarding.arrived(sender, submit(2)));
    assertFalse(forwarding.arrived(sender, submit(1)));
    assertTrue(forwarding.arrived(sender, submit(3)));
    assertTrue(forwarding.arrived(new NodeId("b"), submit(1)));
  }

  private ClusterMessage.Submit submit(long attempt) {
    return new ClusterMessage.Submit(PageId.random(), attempt, change);
  }
}

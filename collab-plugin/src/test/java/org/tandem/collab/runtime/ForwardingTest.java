package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;

class ForwardingTest {

  private final ClientId client = Clients.fresh();
  private final Submission change =
      new Submission(
          client, 1, UserId.random(), 0, List.of(Delta.builder().insert("x").build()), false);
  private final HostSave author = new HostSave();
  private final Forwarding forwarding = new Forwarding();

  /** After a change of the view both owners refused a change; the next one has the same seq. */
  @Test
  void letsGoOfAnAnswerToAnEarlierAttempt() {
    long first = forwarding.add(author, change, 0);
    long again = forwarding.add(author, change, 1);
    assertEquals(Optional.of(author), forwarding.answered(client, again));
    long next = forwarding.add(author, change, 2);
    assertEquals(Optional.empty(), forwarding.answered(client, first));
    assertEquals(Optional.empty(), forwarding.answered(client, again));
    assertEquals(Optional.of(author), forwarding.answered(client, next));
  }

  @Test
  void givesUpAfterAWhile() {
    forwarding.add(author, change, 0);
    assertEquals(List.of(), forwarding.late(10_000));
    assertEquals(1, forwarding.late(10_001).size());
    assertEquals(List.of(), forwarding.takeAll());
  }
}

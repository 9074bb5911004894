package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Access;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;

/** What a client is told of changes that it sent by a connection before this one. */
@Timeout(60)
class ResumedChangesTest extends ThreeNodes {

  /**
   * The branch was in its place and its answer lost; then the person's right to edit was taken. The
   * repetition was refused, and the client kept as unsaved what is on the page.
   */
  @Test
  void aRepetitionOfWhatIsAcknowledgedNeedsNoRight() {
    ScriptedClient client = join(0);
    ClientFrame.Branch branch = new ClientFrame.Branch(1, 0, List.of(insert(0, "off")));
    client.send(branch);
    client.await("merged", told -> hasHeard(told, "merged"));
    client.cut();
    wiki.grant(client.user.id(), Access.VIEW);

    ScriptedClient back = new ScriptedClient(page, client.id, client.user);
    back.join(nodes.get(0));
    back.send(branch);

    back.await("merged again", told -> hasHeard(told, "merged") || !told.errors.isEmpty());
    assertEquals(List.of(), back.errors);
  }

  /**
   * Whether it was sent as a branch, this connection does not know: an {@code ack} would leave the
   * client without what was merged with it.
   */
  @Test
  void whatLandsBeforeItIsRepeatedSendsTheClientToAskAgain() throws Exception {
    ScriptedClient client = join(0);
    client.cut();
    client.join(nodes.get(0));
    Submission earlier =
        new Submission(client.id, 1, client.user.id(), 0, List.of(insert(0, "branch")), true);

    nodes.get(0).save(page, earlier).get();

    client.await("sent away", away -> away.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    assertEquals(false, hasHeard(client, "ack"));
  }

  /** Its page looked for it among those who had joined. */
  @Test
  void aConnectionThatEndsBeforeItJoinedIsNoFault() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(Mailbox.class);
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    logged.start();
    logger.addAppender(logged);
    try {
      ScriptedClient wire = new ScriptedClient(page);
      LiveSession early = nodes.get(0).connect(page, wire.user, Access.EDIT, wire).orElseThrow();
      early.failed();
      // Answered after what the end of the connection brought about.
      nodes.get(0).current(page).get();
    } finally {
      logger.detachAppender(logged);
    }
    assertEquals(
        List.of(), logged.list.stream().filter(line -> line.getLevel() == Level.ERROR).toList());
  }

  private static boolean hasHeard(ScriptedClient client, String type) {
    return client.heard().stream().anyMatch(frame -> frame.get("t").asText().equals(type));
  }
}

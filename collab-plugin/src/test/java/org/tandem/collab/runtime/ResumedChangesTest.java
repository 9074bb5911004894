package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.page.Refusal;
import org.tandem.collab.page.Revision;
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
        new Submission(
            client.id, 1, client.user.id(), 0, List.of(insert(0, "branch")), Manner.BRANCH);

    nodes.get(0).save(page, earlier).get();

    client.await("sent away", away -> away.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    assertEquals(false, hasHeard(client, "ack"));
  }

  /**
   * The first copy was with a node that stood still for a while, or in a commit without an answer.
   * Meanwhile its author came back elsewhere, had lost the right to edit, sent it again and was
   * refused, so it is not in the author's text any more: then the first copy found its place.
   */
  @Test
  void whatIsRefusedWhenRepeatedDoesNotLandAfterAll() throws Exception {
    ScriptedClient client = join(0);
    client.cut();
    wiki.grant(client.user.id(), Access.VIEW);
    client.join(nodes.get(1));
    client.send(new ClientFrame.Op(1, 0, insert(0, "refused")));
    client.await("refused", told -> hasHeard(told, "error"));
    assertEquals("forbidden", client.errors.get(0).get("code").asText());
    Submission earlier =
        new Submission(
            client.id, 1, client.user.id(), 0, List.of(insert(0, "refused")), Manner.TYPED);

    SaveOutcome outcome = nodes.get(2).save(page, earlier).get();

    assertInstanceOf(SaveOutcome.Stale.class, outcome);
    assertEquals(START, nodes.get(0).current(page).get().orElseThrow().document());
    assertFalse(commit(0, earlier), "a commit that was under way all the time took place");
    wiki.grant(client.user.id(), Access.EDIT);
    client.send(new ClientFrame.Op(1, client.rev(), insert(0, "another")));
    client.await("acknowledged", told -> isAcknowledged(told, log.head(page)));
    assertEquals("another\n", text(log.documentAt(page, log.head(page)).orElseThrow()));
  }

  /** Whether it is a copy from before the refusal nobody can tell. */
  @Test
  void aBranchThatIsRepeatedFromBelowItsRefusalIsStale() {
    ScriptedClient client = join(0);
    client.cut();
    client.join(nodes.get(0));
    ClientFrame.Branch branch = new ClientFrame.Branch(1, 0, List.of(insert(0, "off")));
    wiki.grant(client.user.id(), Access.VIEW);
    client.send(branch);
    client.await("forbidden", told -> !told.errors.isEmpty());
    wiki.grant(client.user.id(), Access.EDIT);

    client.send(branch);

    client.await("stale", told -> told.errors.size() == 2);
    assertEquals(
        List.of("forbidden", "stale_revision"),
        client.errors.stream().map(error -> error.get("code").asText()).toList());
    client.send(new ClientFrame.Branch(1, client.rev(), branch.ops()));
    client.await("merged", told -> hasHeard(told, "merged"));
  }

  /** Its seqs would be those of the refusals. */
  @Test
  void nobodyIsAClientOfRefusals() {
    ScriptedClient client = new ScriptedClient(page);
    ScriptedClient taking = new ScriptedClient(page, Refusal.client(client.id), client.user);

    taking.connect(nodes.get(0));

    taking.await("closed", told -> told.closed().equals(Optional.of(CloseCode.BAD_MESSAGE)));
  }

  /** Each refusal of a client that comes back is a revision. */
  @Test
  void whoMayNotEditCannotFillTheLog() {
    User viewer = new User(UserId.random(), "viewer", "#000000", false);
    ScriptedClient client;
    do {
      client = new ScriptedClient(page, Clients.fresh(), viewer);
      client.join(nodes.get(0));
      client.cut();
      client.join(nodes.get(0));
      wiki.grant(client.user.id(), Access.VIEW);
      client.send(new ClientFrame.Op(1, 0, insert(0, "no")));
      client.await("answered", told -> !told.errors.isEmpty() || told.closed().isPresent());
    } while (client.closed().isEmpty());

    assertEquals(Optional.of(CloseCode.OVERLOADED), client.closed());
    assertEquals(5, log.head(page));
  }

  /** As a node commits it that knows the page at a revision, and nothing that came after. */
  private boolean commit(long head, Submission submission) {
    Revision revision =
        new Revision(
            head + 1,
            submission.client(),
            submission.seq(),
            submission.user(),
            submission.changes().get(0),
            new Stamp(1, "d"));
    return log.append(List.of(new OperationLog.Append(page, head, List.of(revision)))).get(page);
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

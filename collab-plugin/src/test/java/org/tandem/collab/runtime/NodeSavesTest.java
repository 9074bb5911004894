package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.page.Submission;

/** What the wiki saves and what it is given: saves among the changes, alone, and published. */
@Timeout(120)
class NodeSavesTest extends ThreeNodes {

  @Test
  void entersASaveOnceThoughItIsRepeated() throws Exception {
    Submission save =
        new Submission(
            Clients.fresh(), 1, UserId.random(), 0, List.of(insert(0, "saved ")), Manner.SAVED);
    for (Node node : nodes) {
      assertEquals(new SaveOutcome.Saved(1), node.save(page, save).get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void publishesToTheWikiSoonAfterTheLastChange() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "read me"));
    synchronized (wiki) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!text(wiki.held().document()).equals("read me\n")) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        assertTrue(left > 0, "not published in time");
        wiki.wait(left);
      }
    }
  }

  @Test
  void takesOverWhatTheWikiSavedAlone() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "together "));
    client.await("settled", ScriptedClient::settled);
    UserId author = UserId.random();
    synchronized (wiki) {
      while (wiki.held().rev() != 1) {
        wiki.wait(5_000);
      }
      wiki.saveAlone(
          new SavedVersion(
              2,
              Delta.builder().insert("together alone\n").build(),
              Set.of(author),
              Instant.EPOCH));
    }
    client.cut();
    nodes.forEach(Node::close);
    nodes.clear();
    start();
    ScriptedClient again = join(2);
    assertEquals("together alone\n", text(again.document()));
    assertEquals(2, again.rev());
    assertEquals(author, log.revisions(page, 1, 2).get(0).user());
    assertEquals(List.of(), wiki.savedAlone(page));
  }

  /** A node without the plugin, on the same database, once lost what it saved to the next edit. */
  @Test
  void takesOverWhatIsSavedAloneBesideIt() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "together "));
    client.await("settled", ScriptedClient::settled);
    synchronized (wiki) {
      while (wiki.held().rev() != 1) {
        wiki.wait(5_000);
      }
      Delta document = Delta.builder().insert("together alone\n").build();
      wiki.saveAlone(new SavedVersion(2, document, Set.of(UserId.random()), Instant.EPOCH));
    }
    client.type(insert(0, "more "));
    client.await("told", told -> text(told.document()).equals("more together alone\n"));
    assertConverged(List.of(client));
  }

  @Test
  void entersASaveOfTheHostAmongTheChanges() throws Exception {
    ScriptedClient client = join(0);
    client.type(insert(0, "live "));
    client.await("settled", ScriptedClient::settled);
    for (Node node : nodes) {
      SaveOutcome outcome =
          node.save(
                  page,
                  new Submission(
                      Clients.fresh(),
                      1,
                      UserId.random(),
                      0,
                      List.of(insert(0, "saved ")),
                      Manner.SAVED))
              .get(10, TimeUnit.SECONDS);
      assertTrue(outcome instanceof SaveOutcome.Saved, outcome.toString());
    }
    client.await("the saves", late -> late.rev() == 4);
    assertEquals("live saved saved saved \n", text(client.document()));
  }
}

package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.collab.protocol.CloseCode;

/**
 * A node and its clients while the log or the wiki's database is away, full, or without an answer.
 */
@Timeout(120)
class NodeOutageTest extends ThreeNodes {

  @Test
  void keepsChangesAtTheClientWhileTheLogIsAway() {
    ScriptedClient client = join(0);
    ScriptedClient other = join(1);
    log.away(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    log.away(false);
    client.type(insert(0, "and more "));
    assertConverged(List.of(client, other));
    assertEquals("and more kept \n", text(other.document()));
  }

  @Test
  void doesNotApplyTwiceWhatWasCommittedWithoutAnAnswer() {
    ScriptedClient client = join(0);
    ScriptedClient other = join(1);
    log.losesAnswers(true);
    client.type(insert(0, "once "));
    client.await("settled", ScriptedClient::settled);
    log.losesAnswers(false);
    client.type(insert(0, "more "));
    assertConverged(List.of(client, other));
    assertEquals("more once \n", text(other.document()));
  }

  /** The wiki's rights are in a database too; its silence once left a client without an answer. */
  @Test
  void answersWhileTheWikisDatabaseIsAway() {
    ScriptedClient client = join(0);
    wiki.away(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    ScriptedClient late = new ScriptedClient(page);
    late.connect(nodes.get(1));
    late.await("sent away", told -> told.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    wiki.away(false);
    client.type(insert(0, "and more "));
    late.join(nodes.get(1));
    assertConverged(List.of(client, late));
    assertEquals("and more kept \n", text(late.document()));
  }

  /** A full disk once made the node append ten thousand times a second, without a word. */
  @Test
  void refusesWhatALogThatIsFullDoesNotTake() {
    ScriptedClient client = join(0);
    log.refuses(true);
    client.type(insert(0, "kept "));
    client.await("told", told -> !told.errors.isEmpty());
    assertEquals("unavailable", client.errors.get(0).get("code").asText());
    assertTrue(log.appends() < 5, log.appends() + " appends");
    log.refuses(false);
    client.type(insert(0, "and more "));
    assertConverged(List.of(client));
    assertEquals("and more kept \n", text(client.document()));
  }

  /** "Not saved" would be a lie here, and what is typed next would be lost with the repeat. */
  @Test
  void sendsAClientAwayWhoseChangeMayBeCommitted() {
    ScriptedClient client = join(owner());
    log.losesAnswers(true);
    log.stalls(true);
    client.type(insert(0, "once "));
    wiki.away(true);
    log.stalls(false);
    client.await("sent away", told -> told.closed().equals(Optional.of(CloseCode.OVERLOADED)));
    assertEquals(List.of(), client.errors);
    wiki.away(false);
    log.losesAnswers(false);
    client.join(nodes.get(1));
    client.type(insert(0, "more "));
    assertConverged(List.of(client));
    assertEquals("more once \n", text(client.document()));
  }

  /** The other nodes once heard nothing of a commit whose answer was lost. */
  @Test
  void tellsTheOtherNodesWhatWasCommittedWithoutAnAnswer() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    log.losesAnswers(true);
    clients.get(0).type(insert(0, "once "));
    for (ScriptedClient client : clients) {
      client.await("told", told -> text(told.document()).equals("once \n"));
    }
    log.losesAnswers(false);
    assertConverged(clients);
  }

  @Test
  void forgetsAClientThatLeftWhileItsJoinWaited() {
    ScriptedClient writer = join(0);
    log.stalls(true);
    writer.type(insert(0, "slow "));
    ScriptedClient gone = new ScriptedClient(page);
    gone.connect(nodes.get(0));
    gone.cut();
    log.stalls(false);
    writer.await("settled", ScriptedClient::settled);
    ScriptedClient last = join(0);
    assertTrue(last.toldOf(writer.id, "joined"));
    assertTrue(!last.toldOf(gone.id, "joined"), "a ghost is on the page");
  }
}

package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.CloseCode;

/** A client's way through a node: joining, changes, branches, refusals, ends. */
@Timeout(120)
class NodeTest extends ThreeNodes {

  @Test
  void bringsTheTextOfOneNodeToTheOthers() {
    List<ScriptedClient> clients = List.of(join(0), join(1), join(2));
    clients.get(0).type(insert(0, "hello"));
    clients.get(2).await("hello", client -> text(client.document()).equals("hello\n"));
    clients.get(1).await("hello", client -> text(client.document()).equals("hello\n"));
    assertConverged(clients);
  }

  @Test
  void tellsWhoIsThere() {
    ScriptedClient first = join(0);
    ScriptedClient second = join(1);
    first.await("told of the second", client -> client.toldOf(second.id, "joined"));
    second.await("told of the first", client -> client.toldOf(first.id, "joined"));
    second.cut();
    first.await("told of the end", client -> client.toldOf(second.id, "left"));
  }

  @Test
  void resumesWithoutLossOrRepetitionHoweverTheConnectionIsCut() {
    Random random = new Random(7);
    ScriptedClient steady = join(1);
    ScriptedClient shaky = join(0);
    for (int i = 0; i < 40; i++) {
      shaky.type(insert(0, "s" + i + " "));
      steady.type(insert(0, "t" + i + " "));
      if (random.nextBoolean()) {
        shaky.cut();
        shaky.type(insert(0, "offline" + i + " "));
        shaky.join(nodes.get(random.nextInt(3)));
      }
    }
    assertConverged(List.of(steady, shaky));
    String all = text(steady.document());
    for (int i = 0; i < 40; i++) {
      assertEquals(2, (" " + all).split(" s" + i + " ", -1).length, "s" + i);
      assertEquals(2, (" " + all).split(" t" + i + " ", -1).length, "t" + i);
    }
  }

  /** Another user's client, known from what it wrote, once could take its place and its seqs. */
  @Test
  void refusesTheClientOfAnotherUser() {
    ScriptedClient owner = join(0);
    owner.type(insert(0, "mine"));
    owner.await("settled", ScriptedClient::settled);
    for (boolean present : List.of(true, false)) {
      if (!present) {
        owner.cut();
      }
      for (Node node : nodes) {
        User somebody = new User(UserId.random(), "somebody", "#ffffff", false);
        ScriptedClient thief = new ScriptedClient(page, owner.id, somebody);
        thief.connect(node);
        thief.await("refused", told -> told.closed().equals(Optional.of(CloseCode.BAD_MESSAGE)));
        assertEquals("bad_message", thief.errors.get(0).get("code").asText());
      }
    }
    assertEquals(Optional.empty(), owner.closed());
  }

  @Test
  void mergesABranchAndTellsTheRest() {
    ScriptedClient other = join(0);
    ScriptedClient branching = join(1);
    other.type(insert(0, "common "));
    assertConverged(List.of(other, branching));
    long base = branching.rev();
    branching.cut();
    other.type(insert(7, "online "));
    other.await("settled", ScriptedClient::settled);
    ScriptedClient back = join(1);
    back.send(new ClientFrame.Branch(1, base, List.of(insert(0, "off"), insert(3, "line "))));
    back.await("merged", client -> frame(client, "merged").isPresent());
    JsonNode merged = frame(back, "merged").orElseThrow();
    assertEquals(base + 2, merged.get("rev").asLong());
    other.await("the branch", client -> client.rev() == base + 2);
    assertEquals("offline common online \n", text(other.document()));
    assertEquals("[{\"retain\":15},{\"insert\":\"online \"}]", merged.get("delta").toString());
  }

  /** A repeated seq may hold anything: lengths that overflow closed the connection as a fault. */
  @Test
  void refusesARepeatedBranchThatNoDocumentCanTake() {
    ScriptedClient client = join(0);
    client.send(new ClientFrame.Branch(1, 0, List.of(insert(0, "off"), insert(3, "line"))));
    client.await("merged", told -> frame(told, "merged").isPresent());
    Delta wild = Delta.builder().delete(1 << 26).build();
    client.send(new ClientFrame.Branch(1, 0, Collections.nCopies(40, wild)));
    client.await("an error", told -> told.errors.size() == 1);
    assertEquals("bad_delta", client.errors.get(0).get("code").asText());
    client.send(new ClientFrame.Op(2, 1, insert(0, "still ")));
    client.await("the ack", told -> isAcknowledged(told, 2));
  }

  @Test
  void refusesAndStoresNothing() {
    ScriptedClient client = join(0);
    client.send(new ClientFrame.Op(1, 0, insert(5, "past the end")));
    client.await("one error", told -> told.errors.size() == 1);
    client.send(new ClientFrame.Op(1, 99, insert(0, "future")));
    client.await("two errors", told -> told.errors.size() == 2);
    client.send(new ClientFrame.Op(2, 0, insert(0, "gap")));
    client.await("three errors", told -> told.errors.size() == 3);
    assertEquals(
        List.of("bad_delta", "bad_message", "bad_message"),
        client.errors.stream().map(error -> error.get("code").asText()).toList());
    assertEquals(List.of(), log.revisions(page, 0, 9));
  }

  @Test
  void refusesChangesOfWhoMayNotEdit() {
    ScriptedClient client = join(0);
    wiki.grant(client.user.id(), Access.VIEW);
    client.type(insert(0, "no"));
    client.await("refused", told -> !told.errors.isEmpty());
    assertEquals("forbidden", client.errors.get(0).get("code").asText());
    client.await("told of the access", told -> frame(told, "access").isPresent());
    assertEquals(List.of(), log.revisions(page, 0, 9));
  }

  @Test
  void closesTheSessionsOfADeletedPage() {
    ScriptedClient client = join(1);
    wiki.delete();
    nodes.forEach(node -> node.deleted(page));
    client.await("closed", told -> told.closed().equals(Optional.of(CloseCode.PAGE_GONE)));
  }

  @Test
  void finishesWhatIsCommittedAndSendsClientsElsewhereWhenItStops() {
    ScriptedClient client = join(0);
    client.type(insert(0, "last words"));
    client.await("settled", ScriptedClient::settled);
    nodes.remove(0).close();
    assertEquals(Optional.of(CloseCode.GOING_DOWN), client.closed());
    client.join(nodes.get(0));
    assertEquals("last words\n", text(client.document()));
  }

  @Test
  void refusesADivergedDocument() {
    ScriptedClient client = join(0);
    client.type(insert(0, "abc"));
    client.await("settled", ScriptedClient::settled);
    client.send(new ClientFrame.Check(1, "0".repeat(64)));
    client.await("closed", told -> told.closed().equals(Optional.of(CloseCode.DIVERGED)));
  }

  private static Optional<JsonNode> frame(ScriptedClient client, String type) {
    return client.heard().stream()
        .filter(frame -> frame.get("t").asText().equals(type))
        .findFirst();
  }
}

package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.EditorConnection.End;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.Decoded;

/** What plugins are told of editors that come and go. */
@Timeout(60)
class ConnectionsTest {

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final InMemoryLog log = new InMemoryLog();
  private final ScriptedHooks hooks = new ScriptedHooks();
  private final ScriptedHooks hooksThere = new ScriptedHooks();
  private final LoopNetwork network = new LoopNetwork();
  private final Node here = node("a", hooks);
  private final Node there = node("b", hooksThere);

  private Node node(String name, ScriptedHooks hooks) {
    Ports ports =
        TestPorts.of(
            log, network.port(name), wiki, new HybridClock(name, System::currentTimeMillis));
    return new Node(TestPorts.with(ports, hooks), new Threads());
  }

  @BeforeEach
  void start() throws Exception {
    here.start();
    there.start();
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    network.close();
  }

  private ScriptedClient join() {
    ScriptedClient client = new ScriptedClient(page);
    client.join(here);
    return client;
  }

  private EditorConnection joined(ScriptedClient client) throws InterruptedException {
    ScriptedHooks.Connected first = hooks.awaitConnections(1).get(0);
    assertEquals(Optional.empty(), first.end());
    assertEquals(client.id.value(), first.connection().client());
    assertEquals(client.user, first.connection().user());
    assertEquals(page, first.connection().page());
    assertEquals(Access.EDIT, first.connection().access());
    return first.connection();
  }

  /** What becomes of one who joined when this happens, and nothing else is told of. */
  private void assertEnds(End end, Consumer<ScriptedClient> what) throws InterruptedException {
    ScriptedClient client = join();
    EditorConnection connection = joined(client);
    what.accept(client);
    ScriptedHooks.Connected second = hooks.awaitConnections(2).get(1);
    assertEquals(connection.id(), second.connection().id());
    assertEquals(Optional.of(end), second.end());
    assertEquals(List.of(), hooksThere.connections);
  }

  @Test
  void whoGoesIsToldOfAsGone() throws Exception {
    assertEnds(End.CLOSED, ScriptedClient::cut);
  }

  @Test
  void whoMayNotSeeThePageAnyMoreIsToldOf() throws Exception {
    assertEnds(
        End.ACCESS_GONE,
        client -> {
          wiki.grant(client.user.id(), Access.NONE);
          here.accessChanged(new AccessChange(Optional.of(page), Optional.empty()));
        });
  }

  @Test
  void aPageThatIsDeletedEndsItsConnections() throws Exception {
    assertEnds(
        End.PAGE_GONE,
        client -> {
          wiki.delete();
          here.deleted(page);
        });
  }

  @Test
  void whoIsToldToBeAtFaultIsToldOfSo() throws Exception {
    assertEnds(End.AT_FAULT, client -> client.send(new Decoded.Unreadable("No frame at all.")));
  }

  @Test
  void aNodeThatEndsSendsItsEditorsAway() throws Exception {
    assertEnds(End.SENT_AWAY, client -> here.handOver());
  }

  @Test
  void anotherConnectionOfAClientTakesThePlaceOfTheFirst() throws Exception {
    ScriptedClient first = join();
    EditorConnection old = joined(first);
    ScriptedClient second = new ScriptedClient(page, first.id, first.user);
    second.join(here);
    List<ScriptedHooks.Connected> told = hooks.awaitConnections(3);
    assertEquals(new ScriptedHooks.Connected(old, Optional.of(End.REPLACED)), told.get(1));
    assertEquals(Optional.empty(), told.get(2).end());
    assertNotEquals(old.id(), told.get(2).connection().id());
    first.cut();
    second.cut();
    assertEquals(
        new ScriptedHooks.Connected(told.get(2).connection(), Optional.of(End.CLOSED)),
        hooks.awaitConnections(4).get(3));
    assertEquals(4, hooks.connections.size());
  }

  /** Each node tells of its own, with ids that no other has. */
  @Test
  void aNodeTellsOfItsOwnConnections() throws Exception {
    EditorConnection first = joined(join());
    ScriptedClient other = new ScriptedClient(page);
    other.join(there);
    EditorConnection second = hooksThere.awaitConnections(1).get(0).connection();
    assertEquals(other.id.value(), second.client());
    assertNotEquals(first.id(), second.id());
    other.cut();
    assertEquals(Optional.of(End.CLOSED), hooksThere.awaitConnections(2).get(1).end());
    assertEquals(1, hooks.connections.size());
  }

  @Test
  void whoIsNotLetInIsNotToldOf() throws Exception {
    User nobody = new User(UserId.random(), "nobody", "#000000", false);
    wiki.grant(nobody.id(), Access.NONE);
    ScriptedClient shut = new ScriptedClient(page, Clients.fresh(), nobody);
    shut.connect(here);
    shut.await("shut out", client -> client.closed().isPresent());
    shut.cut();
    assertEnds(End.CLOSED, ScriptedClient::cut);
  }
}

package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Delta;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.Hooks.Permission;
import org.tandem.api.editor.Hooks.Reception;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.protocol.FrameDecoder;
import org.tandem.collab.protocol.Limits;

/** What plugins' modules say to their plugins and to each other, on two nodes. */
@Timeout(60)
class TalkTest {

  private static final FrameDecoder DECODER = new FrameDecoder(Limits.DEFAULT);

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final InMemoryLog log = new InMemoryLog();
  private final ScriptedHooks hooks = new ScriptedHooks();
  private final LoopNetwork network = new LoopNetwork();
  private final Node here = node("a", hooks);
  private final Node there = node("b", new ScriptedHooks());

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

  private ScriptedClient join(Node node) {
    ScriptedClient client = new ScriptedClient(page);
    client.join(node);
    return client;
  }

  private static void send(ScriptedClient client, String text) {
    client.send(DECODER.decode(text.replace('\'', '"')));
  }

  private static List<String> heard(ScriptedClient client, String type) {
    return client.heard().stream()
        .filter(frame -> frame.get("t").asText().equals(type))
        .map(JsonNode::toString)
        .toList();
  }

  private static void await(ScriptedClient client, String frame) {
    String json = frame.replace('\'', '"');
    client.await(json, told -> told.heard().stream().anyMatch(any -> any.toString().equals(json)));
  }

  @Test
  void aMessageOfAModuleReachesItsPluginWithWhoSentIt() throws Exception {
    ScriptedClient client = join(here);
    send(client, "{'t':'message','plugin':'polls','value':{'vote':[1,2.5,null]}}");
    ScriptedHooks.Received received = hooks.awaitReceived(1).get(0);
    assertEquals("polls", received.plugin());
    assertEquals(Map.of("vote", Arrays.asList(1, 2.5, null)), received.value());
    assertEquals(hooks.awaitConnections(1).get(0).connection(), received.from());
    assertEquals(0, client.errorCount());
  }

  @Test
  void aMessageThatIsNotTakenIsAnsweredWithAnErrorThatNamesThePlugin() {
    ScriptedClient client = join(here);
    Map<Reception, String> codes =
        Map.of(
            Reception.NO_PLUGIN, "no_plugin",
            Reception.FORBIDDEN, "forbidden",
            Reception.BUSY, "unavailable");
    codes.forEach(
        (reception, code) -> {
          hooks.reception = reception;
          int before = client.errorCount();
          send(client, "{'t':'message','plugin':'polls','value':1}");
          client.await("an error", told -> told.errorCount() == before + 1);
          JsonNode error = client.errors.get(before);
          assertEquals(code, error.get("code").asText());
          assertEquals("polls", error.get("plugin").asText());
          assertEquals(reception == Reception.BUSY, error.has("retryAfterMs"));
        });
    assertEquals(Optional.empty(), client.closed());
  }

  /** The right is the one of now, not the one that the connection was opened with. */
  @Test
  void aMessageComesWithWhatItsSenderMayDoNow() throws Exception {
    ScriptedClient client = new ScriptedClient(page);
    wiki.grant(client.user.id(), Access.COMMENT);
    client.join(here);
    send(client, "{'t':'message','plugin':'polls','value':1}");
    assertEquals(Access.COMMENT, hooks.awaitReceived(1).get(0).from().access());
  }

  @Test
  void aMessageOfAPluginReachesTheEditorsOfThePageOnAllNodes() throws Exception {
    ScriptedClient first = join(here);
    ScriptedClient second = join(there);
    first.await("told of the other", client -> client.toldOf(second.id, "joined"));
    hooks.senders.forEach(to -> to.accept(new Hooks.Message(page, "polls", "{\"votes\":[3]}")));
    hooks.senders.forEach(
        to -> to.accept(new Hooks.Message(PageId.random(), "polls", "\"elsewhere\"")));
    for (ScriptedClient client : List.of(first, second)) {
      await(client, "{'t':'message','plugin':'polls','value':{'votes':[3]}}");
      assertEquals(1, heard(client, "message").size());
    }
  }

  /** The plugin that sends may be on a node where nobody has the page open. */
  @Test
  void aMessageGoesFromANodeThatDoesNotHaveThePage() throws Exception {
    ScriptedClient there = join(this.there);
    network.settle();
    hooks.senders.forEach(to -> to.accept(new Hooks.Message(page, "polls", "7")));
    await(there, "{'t':'message','plugin':'polls','value':7}");
  }

  private static String shown(ScriptedClient of, String field, String value) {
    return "{'t':'presence','client':'" + of.id + "','field':'" + field + "'" + value + "}";
  }

  @Test
  void whatAnEditorShowsReachesTheOthersOnAllNodes() {
    ScriptedClient shows = join(here);
    ScriptedClient beside = join(here);
    ScriptedClient elsewhere = join(there);
    shows.await("told of the other", client -> client.toldOf(elsewhere.id, "joined"));
    send(shows, "{'t':'presence','field':'polls-hand','value':{'up':true}}");
    await(beside, shown(shows, "polls-hand", ",'value':{'up':true}"));
    await(elsewhere, shown(shows, "polls-hand", ",'value':{'up':true}"));
    send(shows, "{'t':'presence','field':'polls-hand'}");
    await(beside, shown(shows, "polls-hand", ""));
    await(elsewhere, shown(shows, "polls-hand", ""));
    assertEquals(List.of(), heard(shows, "presence"));
    assertEquals(0, shows.errorCount());
  }

  @Test
  void whoJoinsLaterIsToldWhatTheOthersShow() {
    ScriptedClient shows = join(here);
    ScriptedClient witness = join(here);
    send(shows, "{'t':'presence','field':'polls','value':1}");
    send(shows, "{'t':'presence','field':'polls-hand','value':'up'}");
    send(shows, "{'t':'presence','field':'polls'}");
    await(witness, shown(shows, "polls", ""));
    for (Node node : List.of(here, there)) {
      ScriptedClient later = join(node);
      await(later, shown(shows, "polls-hand", ",'value':'up'"));
      assertEquals(1, heard(later, "presence").size());
    }
  }

  /** Gone with the connection: who comes back shows nothing before it says so again. */
  @Test
  void whatWasShownGoesWithItsConnection() {
    ScriptedClient shows = join(here);
    ScriptedClient elsewhere = join(there);
    shows.await("told of the other", client -> client.toldOf(elsewhere.id, "joined"));
    send(shows, "{'t':'presence','field':'polls','value':1}");
    await(elsewhere, shown(shows, "polls", ",'value':1"));
    shows.cut();
    elsewhere.await("told of the end", client -> client.toldOf(shows.id, "left"));
    shows.join(here);
    for (Node node : List.of(here, there)) {
      ScriptedClient later = join(node);
      later.await("told of it", client -> client.toldOf(shows.id, "joined"));
      send(shows, "{'t':'presence','field':'mark','value':'" + later.id + "'}");
      await(later, shown(shows, "mark", ",'value':'" + later.id + "'"));
      assertTrue(heard(later, "presence").stream().noneMatch(any -> any.contains("polls")));
    }
  }

  @Test
  void aValueThatIsNotAllowedIsAnsweredWithAnErrorThatNamesTheField() {
    ScriptedClient shows = join(here);
    ScriptedClient witness = join(here);
    Map<Permission, String> codes =
        Map.of(
            Permission.NO_PLUGIN, "no_plugin",
            Permission.NOT_ALLOWED, "bad_value",
            Permission.BUSY, "unavailable");
    codes.forEach(
        (permission, code) -> {
          hooks.permission = permission;
          int before = shows.errorCount();
          send(shows, "{'t':'presence','field':'polls','value':1}");
          shows.await("an error", told -> told.errorCount() == before + 1);
          JsonNode error = shows.errors.get(before);
          assertEquals(code, error.get("code").asText());
          assertEquals("polls", error.get("field").asText());
          assertEquals(permission == Permission.BUSY, error.has("retryAfterMs"));
        });
    hooks.permission = Permission.ALLOWED;
    send(shows, "{'t':'presence','field':'polls','value':'right'}");
    await(witness, shown(shows, "polls", ",'value':'right'"));
    assertEquals(1, heard(witness, "presence").size());
    assertEquals(Optional.empty(), shows.closed());
  }

  /** One after the other, so that the last counts; of what comes meanwhile the newest is asked. */
  @Test
  void valuesThatTakeAWhileComeInOrder() throws Exception {
    ScriptedClient shows = join(here);
    ScriptedClient witness = join(here);
    send(shows, "{'t':'presence','field':'slow','value':1}");
    Consumer<Permission> first = hooks.slowFields.poll(15, TimeUnit.SECONDS);
    send(shows, "{'t':'presence','field':'slow','value':2}");
    send(shows, "{'t':'presence','field':'slow','value':3}");
    send(shows, "{'t':'presence','field':'polls','value':4}");
    first.accept(Permission.ALLOWED);
    hooks.slowFields.poll(15, TimeUnit.SECONDS).accept(Permission.ALLOWED);
    await(witness, shown(shows, "polls", ",'value':4"));
    assertEquals(
        List.of(
            shown(shows, "slow", ",'value':1").replace('\'', '"'),
            shown(shows, "slow", ",'value':3").replace('\'', '"'),
            shown(shows, "polls", ",'value':4").replace('\'', '"')),
        heard(witness, "presence"));
  }

  /** The plugin answers when the editor is gone: nothing is shown of it any more. */
  @Test
  void aValueThatIsAllowedTooLateIsNotShown() throws Exception {
    ScriptedClient shows = join(here);
    ScriptedClient witness = join(here);
    send(shows, "{'t':'presence','field':'slow','value':1}");
    Consumer<Permission> late = hooks.slowFields.poll(15, TimeUnit.SECONDS);
    shows.cut();
    witness.await("told of the end", client -> client.toldOf(shows.id, "left"));
    late.accept(Permission.ALLOWED);
    ScriptedClient other = join(here);
    send(other, "{'t':'presence','field':'polls','value':1}");
    await(witness, shown(other, "polls", ",'value':1"));
    assertEquals(1, heard(witness, "presence").size());
  }

  @Test
  void whatOneOnAnotherNodeShowsGoesWithThatNode() throws Exception {
    ScriptedClient shows = join(there);
    ScriptedClient witness = join(here);
    shows.await("told of the other", client -> client.toldOf(witness.id, "joined"));
    send(shows, "{'t':'presence','field':'polls','value':1}");
    await(witness, shown(shows, "polls", ",'value':1"));
    there.handOver();
    witness.await("told of the end", client -> client.toldOf(shows.id, "left"));
    ScriptedClient later = join(here);
    send(witness, "{'t':'presence','field':'polls','value':2}");
    await(later, shown(witness, "polls", ",'value':2"));
    assertEquals(1, heard(later, "presence").size());
  }
}

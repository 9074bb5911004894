package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.Clients;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.LoopNetwork;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientFrame;
import org.tandem.collab.protocol.Selection;

/** Changes on their way through the checks and listeners of plugins. */
@Timeout(60)
class CheckedChangesTest {

  private final PageId page = PageId.random();
  private final OnePageWiki wiki = new OnePageWiki(page, Delta.builder().insert("\n").build());
  private final InMemoryLog log = new InMemoryLog();
  private final ScriptedHooks hooks = new ScriptedHooks();
  private final LoopNetwork network = new LoopNetwork();
  private final Node node = node("a");

  private Node node(String name) {
    Ports ports =
        TestPorts.of(
            log, network.port(name), wiki, new HybridClock(name, System::currentTimeMillis));
    return new Node(TestPorts.with(ports, hooks), new Threads());
  }

  @BeforeEach
  void start() throws Exception {
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
    network.close();
  }

  private ScriptedClient join() {
    ScriptedClient client = new ScriptedClient(page);
    client.join(node);
    return client;
  }

  private static Delta insert(String text) {
    return Delta.builder().insert(text).build();
  }

  private static void await(ScriptedClient client, String text) {
    client.await(text, at -> ThreeNodes.text(at.document()).equals(text) && at.settled());
  }

  @Test
  void anAcceptedChangeIsStoredAndToldOnce() throws Exception {
    ScriptedClient writer = join();
    ScriptedClient reader = join();
    writer.type(insert("word "));
    ScriptedHooks.Asked asked = hooks.next();
    assertEquals(writer.user.id(), asked.change().author());
    assertEquals(0, asked.change().head());
    assertEquals(insert("word "), asked.change().change());
    assertEquals(Manner.TYPED, asked.change().manner());
    assertEquals(List.of(), hooks.told);
    assertEquals(0, log.head(page));
    asked.accept();
    await(writer, "word \n");
    await(reader, "word \n");
    hooks.awaitTold("ordered 1", "committed 1");
  }

  @Test
  void aRefusedChangeIsAnsweredWithTheSentenceAndNotStored() throws Exception {
    ScriptedClient writer = join();
    writer.type(insert("word "));
    hooks.next().refuse("Not here.");
    writer.await("refused", client -> client.errorCount() == 1);
    JsonNode error = writer.errors.get(0);
    assertEquals("bad_delta", error.get("code").asText());
    assertEquals("Not here.", error.get("message").asText());
    assertEquals(0, log.head(page));
    assertEquals(List.of(), hooks.told);
  }

  @Test
  void aChangeThatCannotBeCheckedComesAgain() throws Exception {
    ScriptedClient writer = join();
    writer.type(insert("word "));
    hooks.next().fail();
    writer.await("told later", client -> client.errorCount() == 1);
    JsonNode error = writer.errors.get(0);
    assertEquals("unavailable", error.get("code").asText());
    assertTrue(error.get("retryAfterMs").asLong() > 0);
    writer.type(insert("more "));
    hooks.next().accept();
    await(writer, "more word \n");
    hooks.awaitTold("ordered 1", "committed 1");
  }

  /** Each is judged on what was accepted before it, and its page is not held up otherwise. */
  @Test
  void thePageGoesOnWhileAChangeIsChecked() throws Exception {
    ScriptedClient first = join();
    ScriptedClient second = join();
    ScriptedClient reader = join();
    first.type(insert("one "));
    ScriptedHooks.Asked one = hooks.next();
    second.type(insert("two "));
    second.send(new ClientFrame.Cursor(Optional.of(new Selection(0, 0, 0))));
    reader.send(new ClientFrame.Ping(Optional.of(1)));
    reader.await(
        "answered",
        client ->
            client.heard().stream().anyMatch(frame -> frame.get("t").asText().equals("pong"))
                && client.heard().stream()
                    .anyMatch(frame -> frame.get("t").asText().equals("cursor")));
    assertTrue(hooks.nothingAsked(), "one change of a page at a time");
    one.accept();
    ScriptedHooks.Asked two = hooks.next();
    assertEquals(1, two.change().head());
    assertEquals("one \n", two.change().document().text(0, two.change().document().length()));
    two.refuse("Not here.");
    await(first, "one \n");
    await(reader, "one \n");
    second.await("refused", client -> client.errorCount() == 1);
    assertEquals(1, log.head(page));
  }

  @Test
  void ofSeveralThatWaitOneThatIsRefusedLeavesTheOthers() throws Exception {
    List<ScriptedClient> writers = List.of(join(), join(), join());
    writers.get(0).type(insert("0 "));
    ScriptedHooks.Asked first = hooks.next();
    writers.get(1).type(insert("1 "));
    writers.get(2).type(insert("2 "));
    first.accept();
    for (int i = 0; i < 2; i++) {
      ScriptedHooks.Asked next = hooks.next();
      if (next.change().change().toString().contains("1 ")) {
        next.refuse("Not 1.");
      } else {
        next.accept();
      }
    }
    writers.get(1).await("refused", client -> client.errorCount() == 1);
    writers.get(2).await("settled", ScriptedClient::settled);
    assertEquals(2, log.head(page));
    hooks.awaitTold("ordered 1", "committed 1", "ordered 2", "committed 2");
  }

  @Test
  void aSaveAndABranchAreCheckedAsOne() throws Exception {
    Submission save =
        new Submission(
            Clients.fresh(), 1, UserId.random(), 0, List.of(insert("saved ")), Manner.SAVED);
    CompletableFuture<SaveOutcome> outcome = node.save(page, save);
    ScriptedHooks.Asked asked = hooks.next();
    assertEquals(Manner.SAVED, asked.change().manner());
    asked.refuse("Not here.");
    assertEquals(new SaveOutcome.Refused("Not here."), outcome.get());
    CompletableFuture<SaveOutcome> later = node.save(page, save);
    hooks.next().fail();
    assertEquals(new SaveOutcome.Unavailable(), later.get());
    ScriptedClient client = join();
    client.send(new ClientFrame.Branch(1, 0, List.of(insert("a "), insert("b "))));
    ScriptedHooks.Asked branch = hooks.next();
    assertEquals(Manner.BRANCH, branch.change().manner());
    assertEquals(insert("b a "), branch.change().change());
    branch.accept();
    client.await(
        "merged",
        told -> told.heard().stream().anyMatch(frame -> frame.get("t").asText().equals("merged")));
  }

  /** A page that is open sees a format that a plugin declares, and one that goes. */
  @Test
  void anOpenPageGoesByTheFormatsOfNow() throws Exception {
    hooks.checks = false;
    ScriptedClient writer = join();
    Delta glowing = Delta.builder().insert("x", Attributes.of(Map.of("glow", true))).build();
    writer.type(glowing);
    writer.await("refused", client -> client.errorCount() == 1);
    ScriptedClient other = join();
    hooks.formats =
        Formats.builtIn().with(new Format("glow", Format.Place.INLINE, Boolean.TRUE::equals));
    other.type(glowing);
    await(other, "x\n");
    hooks.formats = Formats.builtIn();
    ScriptedClient third = join();
    third.type(glowing);
    third.await("refused", client -> client.errorCount() == 1);
    assertEquals("There is no format of this name.", third.errors.get(0).get("message").asText());
  }

  @Test
  void theEditorsOfAPageAreToldNotices() throws Exception {
    hooks.checks = false;
    ScriptedClient here = join();
    Hooks.Notice notice = new Hooks.Notice(page, "plugin_off", "It is off.");
    hooks.listeners.forEach(listener -> listener.accept(notice));
    here.await("told", CheckedChangesTest::isNoticed);
    ScriptedClient before = new ScriptedClient(page);
    before.join(node);
    assertTrue(
        before.heard().stream().noneMatch(frame -> frame.get("t").asText().equals("notice")));
    hooks.noticed.add(notice);
    ScriptedClient later = join();
    later.await("told", CheckedChangesTest::isNoticed);
  }

  @Test
  void whoIsOnAPageIsToldWhenItsEditorChanges() throws Exception {
    hooks.checks = false;
    ScriptedClient here = join();
    hooks.editorListeners.forEach(Runnable::run);
    here.await(
        "told",
        client ->
            client.heard().stream()
                .anyMatch(
                    frame ->
                        frame.get("t").asText().equals("notice")
                            && frame.get("code").asText().equals("editor_changed")));
  }

  private static boolean isNoticed(ScriptedClient client) {
    return client.heard().stream()
        .anyMatch(
            frame ->
                frame.get("t").asText().equals("notice")
                    && frame.get("code").asText().equals("plugin_off")
                    && frame.get("message").asText().equals("It is off."));
  }
}

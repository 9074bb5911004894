package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

/** A plugin that hears of connections, talks with its modules and has a presence field. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LivePluginTest {

  private static final String COLLAB = "collab";
  private static final String POLLS = Polls.ID;

  @Deployment(name = "somebody", testable = false)
  static Archive<?> somebody() {
    return PluginArchive.named("somebody").entry(InsideAPluginTest.Remembering.class).build();
  }

  @Deployment(name = COLLAB, managed = false, testable = false)
  static Archive<?> collab() {
    return PluginArchive.read(Path.of(System.getProperty("tandem.collab")));
  }

  @Deployment(name = POLLS, managed = false, testable = false)
  static Archive<?> polls() {
    return PluginArchive.named(POLLS).entry(Polls.class).build();
  }

  @ArquillianResource private Deployer deployer;
  @ArquillianResource private URI wiki;

  private WikiClient person(String name) {
    return WikiClient.signedIn(wiki, name, WikiSettings.DEMO_PASSWORD);
  }

  private static void awaitTold(WikiClient person, String sentence) {
    Awaitility.await()
        .until(
            () ->
                person
                    .send(person.request("GET", "/api/polls/told", null))
                    .body()
                    .contains(sentence));
  }

  private static String message(String plugin, String value) {
    return "{\"t\":\"message\",\"plugin\":\"" + plugin + "\",\"value\":" + value + "}";
  }

  private static String hand(String field, String value) {
    return "{\"t\":\"presence\",\"field\":\"" + field + "\",\"value\":" + value + "}";
  }

  private static JsonNode error(ScriptedClient client, String code, String about) {
    return client.awaitFrame(
        "error",
        frame ->
            frame.path("code").asText().equals(code)
                && (frame.path("plugin").asText().equals(about)
                    || frame.path("field").asText().equals(about)));
  }

  @Test
  void aPluginTalksWithItsModulesWhileTheyAreThere() {
    deployer.deploy(COLLAB);
    deployer.deploy(POLLS);
    WikiClient one = person("editor1");
    PageId page = one.createPage("Polled together");
    ScriptedClient left = ScriptedClient.join(one, page);
    ScriptedClient right = ScriptedClient.join(person("editor2"), page);
    awaitTold(one, left.id() + " joined " + page + ": ");
    awaitTold(one, right.id() + " joined " + page + ": ");
    talk(left, right);
    show(left, right, page);
    refusals(left);

    left.close();
    awaitTold(one, left.id() + " left " + page + ": CLOSED");
    end(right);
    deployer.undeploy(COLLAB);
  }

  private static void talk(ScriptedClient left, ScriptedClient right) {
    left.send(message(POLLS, "[\"yes\",2.5]"));
    for (ScriptedClient client : new ScriptedClient[] {left, right}) {
      JsonNode told = client.awaitFrame("message", frame -> true);
      assertEquals(POLLS, told.path("plugin").asText());
      assertEquals(left.id().toString(), told.path("value").path("client").asText());
      assertEquals("[\"yes\",2.5]", told.path("value").path("vote").toString());
    }
  }

  private void show(ScriptedClient left, ScriptedClient right, PageId page) {
    left.send(hand("polls-hand", "\"up\""));
    ScriptedClient viewer = ScriptedClient.join(person("viewer"), page);
    for (ScriptedClient client : new ScriptedClient[] {right, viewer}) {
      JsonNode shown = client.awaitFrame("presence", frame -> true);
      assertEquals(left.id().toString(), shown.path("client").asText());
      assertEquals("polls-hand", shown.path("field").asText());
      assertEquals("up", shown.path("value").asText());
    }
    // Who may only look on shows its hand, and has no vote.
    viewer.send(hand("polls-hand", "\"up\""));
    right.awaitFrame(
        "presence", frame -> frame.path("client").asText().equals(viewer.id().toString()));
    viewer.send(message(POLLS, "\"no\""));
    error(viewer, "forbidden", POLLS);
    viewer.close();
    left.send(hand("polls-hand", "null"));
    right.awaitFrame("presence", frame -> !frame.has("value"));
  }

  /** Each says what it is about, and none of them ends the connection. */
  private static void refusals(ScriptedClient client) {
    client.send(hand("polls-hand", "\"down\""));
    error(client, "bad_value", "polls-hand");
    client.send(hand("polls-foot", "\"up\""));
    error(client, "no_plugin", "polls-foot");
    client.send(hand("polls-hand", "\"" + "u".repeat(1_024) + "\""));
    error(client, "too_large", "polls-hand");
    client.send(message("nobody", "1"));
    error(client, "no_plugin", "nobody");
    client.send(message(POLLS, "\"" + "y".repeat(8_192) + "\""));
    error(client, "too_large", POLLS);
    // More than are allowed at once and in some seconds beside, should sending take so long.
    for (int i = 0; i < 120; i++) {
      client.send(message(POLLS, "" + i));
    }
    assertTrue(error(client, "rate_limited", POLLS).path("retryAfterMs").asInt() > 0);
    client.append("goes on");
    client.awaitSettled();
    assertEquals(OptionalInt.empty(), client.closed());
  }

  /** The plugin is disabled: its modules are told so, and nothing of it is left. */
  private void end(ScriptedClient client) {
    deployer.undeploy(POLLS);
    client.send(message(POLLS, "\"late\""));
    error(client, "no_plugin", POLLS);
    @SuppressWarnings("unchecked")
    WeakReference<ClassLoader> loader =
        (WeakReference<ClassLoader>) System.getProperties().remove(Polls.LOADER);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
    client.close();
  }
}

package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tandem.api.host.PageId;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.settings.WikiSettings;

/**
 * Two people on one page, each on a node of her own: the plugin's messages and what each shows of
 * herself reach the other over JGroups.
 */
@Timeout(180)
class LiveOnTwoNodesTest {

  @TempDir Path folder;

  private TwoNodes nodes;

  @BeforeEach
  void start() throws Exception {
    nodes = TwoNodes.start(folder);
    nodes.one().plugins().install(Path.of(System.getProperty("tandem.collab")), "admin");
    Path polls = folder.resolve("polls.zip");
    PluginArchive.named(Polls.ID)
        .entry(Polls.class)
        .build()
        .as(ZipExporter.class)
        .exportTo(polls.toFile());
    nodes.one().plugins().install(polls, "admin");
    nodes.awaitCondition("collab", Condition.RUNNING);
    nodes.awaitCondition(Polls.ID, Condition.RUNNING);
  }

  @AfterEach
  void end() {
    if (nodes != null) {
      nodes.close();
    }
    System.getProperties().remove(Polls.LOADER);
  }

  private static JsonNode shownBy(ScriptedClient whose, ScriptedClient by) {
    return by.awaitFrame(
        "presence", frame -> frame.path("client").asText().equals(whose.id().toString()));
  }

  @Test
  void messagesAndPresenceReachTheOtherNode() {
    WikiClient anna =
        WikiClient.signedIn(nodes.one().address(), "editor1", WikiSettings.DEMO_PASSWORD);
    WikiClient berta =
        WikiClient.signedIn(nodes.two().address(), "editor2", WikiSettings.DEMO_PASSWORD);
    PageId page = anna.createPage("Polled from afar");
    try (ScriptedClient here = ScriptedClient.join(anna, page)) {
      here.send("{\"t\":\"presence\",\"field\":\"polls-hand\",\"value\":\"up\"}");
      ScriptedClient there = ScriptedClient.join(berta, page);
      // Also what was shown before she came.
      assertEquals("up", shownBy(here, there).path("value").asText());
      there.send("{\"t\":\"presence\",\"field\":\"polls-hand\",\"value\":\"up\"}");
      assertEquals("up", shownBy(there, here).path("value").asText());
      there.send("{\"t\":\"message\",\"plugin\":\"polls\",\"value\":[\"yes\",7]}");
      for (ScriptedClient client : new ScriptedClient[] {here, there}) {
        JsonNode told = client.awaitFrame("message", frame -> true);
        assertEquals(there.id().toString(), told.path("value").path("client").asText());
        assertEquals("[\"yes\",7]", told.path("value").path("vote").toString());
      }
      there.close();
      here.awaitFrame(
          "peer",
          frame ->
              frame.path("client").asText().equals(there.id().toString())
                  && frame.path("state").asText().equals("left"));
    }
  }
}

package org.tandem.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CoEditingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ArquillianResource private URI wiki;

  @Deployment(testable = false)
  static Archive<?> collab() {
    return PluginArchive.read(Path.of(System.getProperty("tandem.collab")));
  }

  private WikiClient person(String name) {
    return WikiClient.signedIn(wiki, name, WikiSettings.DEMO_PASSWORD);
  }

  @Test
  void twoPeopleWriteOnePageAndTheWikiFollows() {
    WikiClient one = person("editor1");
    PageId page = one.createPage("Two people");
    try (ScriptedClient left = ScriptedClient.join(one, page);
        ScriptedClient right = ScriptedClient.join(person("editor2"), page)) {
      for (int i = 0; i < 20; i++) {
        left.insert(0, "l" + i + " ");
        right.append("r" + i + " ");
      }
      Delta document = Convergence.assertWithin(PATIENCE, left, right);
      String text = PlainText.of(document);
      for (int i = 0; i < 20; i++) {
        assertTrue(text.contains("l" + i + " ") && text.contains("r" + i + " "), text);
      }
      one.awaitContent(page, document);
      assertTrue(one.view(page).contains("r19"));
    }
  }

  @Test
  void whatWasTypedWithoutAConnectionArrivesOnceAfterwards() {
    WikiClient one = person("editor1");
    PageId page = one.createPage("A lost connection");
    try (ScriptedClient left = ScriptedClient.join(one, page);
        ScriptedClient right = ScriptedClient.join(person("editor2"), page)) {
      left.append("before ");
      left.awaitSettled();
      right.await("told of it", told -> told.rev() == left.rev());
      left.append("in flight ");
      left.cut();
      left.append("offline ");
      right.insert(0, "meanwhile ");
      right.awaitSettled();
      left.connect();
      Delta document = Convergence.assertWithin(PATIENCE, left, right);
      assertEquals("meanwhile before in flight offline \n", PlainText.of(document));
    }
  }

  /** A paragraph at the end once was refused, as inserted after the last newline. */
  @Test
  void aSaveEntersAmongTheEditsAndOnceThoughItIsRepeated() {
    WikiClient one = person("editor1");
    PageId page = one.createPage("A save");
    try (ScriptedClient client = ScriptedClient.join(person("editor2"), page)) {
      client.append("typed");
      client.awaitSettled();
      long base = one.content(page).rev();
      Delta longer = Delta.builder().insert("typed\nsaved\n").build();
      client.insert(0, "meanwhile ");
      client.awaitSettled();
      one.save(page, base, longer);
      one.save(page, base, longer);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertEquals("meanwhile typed\nsaved\n", PlainText.of(client.document())));
      assertEquals(client.document(), one.content(page).document());
    }
  }

  @Test
  void aBadDeltaIsRefusedAndTheSocketStays() {
    WikiClient one = person("editor1");
    PageId page = one.createPage("A bad delta");
    try (ScriptedClient client = ScriptedClient.join(one, page)) {
      client.send(
          "{\"t\":\"op\",\"seq\":1,\"rev\":0,\"delta\":[{\"retain\":99},{\"insert\":\"x\"}]}");
      client.awaitFrame("error", frame -> frame.path("code").asText().equals("bad_delta"));
      client.append("fine");
      client.awaitSettled();
      assertEquals("fine\n", PlainText.of(client.document()));
    }
  }
}

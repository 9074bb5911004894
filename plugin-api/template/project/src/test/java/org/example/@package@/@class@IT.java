package org.example.@package@;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.Network;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/** The archive in a real wiki, with two people who write on a bad network. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class @class@IT {

  @ArquillianResource private URI wiki;

  @Deployment(name = "co-editing", order = 1, testable = false)
  static Archive<?> coEditing() {
    return PluginArchive.coEditing();
  }

  @Deployment(order = 2, testable = false)
  static Archive<?> plugin() {
    return PluginArchive.read(Path.of(System.getProperty("plugin.archive")));
  }

  private static Delta marked(String text, Object value) {
    Attributes attributes = Attributes.of(Map.of(@class@Plugin.FORMAT, value));
    return Delta.builder().insert(text, attributes).build();
  }

  @Test
  void markedTextIsInThePage() {
    WikiClient anna = WikiClient.demo(wiki, "editor1");
    WikiClient berta = WikiClient.demo(wiki, "editor2");
    PageId page = anna.createPage("Marked");
    try (Network network =
            Network.seeded().delay(Duration.ofMillis(1), Duration.ofMillis(20)).loss(0.02);
        ScriptedClient one = network.join(anna, page);
        ScriptedClient two = network.join(berta, page)) {
      one.type(marked("marked", true));
      two.append(" and not");
      Delta document = Convergence.assertWithin(Duration.ofSeconds(20), one, two);
      anna.awaitContent(page, document);
    }
    String html = berta.view(page);
    assertTrue(html.contains("<mark class=\"x-@id@\">marked</mark>"), html);
    String markdown = berta.markdown(page);
    assertTrue(markdown.contains("_marked_"), markdown);
  }

  @Test
  void anyOtherValueIsRefused() {
    WikiClient anna = WikiClient.demo(wiki, "editor1");
    PageId page = anna.createPage("Refused");
    try (ScriptedClient client = ScriptedClient.join(anna, page)) {
      client.type(marked("loud", "very"));
      client.awaitRefusal();
      client.append("quiet");
      client.awaitSettled();
      assertEquals("quiet\n", PlainText.of(client.document()));
    }
  }
}

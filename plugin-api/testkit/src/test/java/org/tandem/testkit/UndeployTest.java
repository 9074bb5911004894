package org.tandem.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.settings.WikiSettings;

@ExtendWith(ArquillianExtension.class)
@RunAsClient
class UndeployTest {

  private static final String COLLAB = "collab";

  @Deployment(name = "somebody", testable = false)
  static Archive<?> somebody() {
    return PluginArchive.named("somebody").entry(InsideAPluginTest.Remembering.class).build();
  }

  @Deployment(name = COLLAB, managed = false, testable = false)
  static Archive<?> collab() {
    return PluginArchive.read(Path.of(System.getProperty("tandem.collab")));
  }

  @ArquillianResource private Deployer deployer;

  @Test
  void withoutThePluginOnePersonEdits(@ArquillianResource URI wiki) {
    WikiClient person = WikiClient.signedIn(wiki, "editor1", WikiSettings.DEMO_PASSWORD);
    PageId page = person.createPage("With and without");

    deployer.deploy(COLLAB);
    ScriptedClient client = ScriptedClient.join(person, page);
    client.append("together");
    client.awaitSettled();

    deployer.undeploy(COLLAB);
    client.await("closed", self -> self.closed().isPresent());
    Map<String, String> wanted = Map.of("page", page.toString());
    HttpResponse<String> ticket =
        person.send(person.request("POST", "/api/collab/tickets", wanted));
    assertEquals(503, ticket.statusCode(), ticket.body());

    PageContent content = person.content(page);
    assertEquals("together\n", PlainText.of(content.document()));
    person.save(page, content.rev(), Delta.builder().insert("alone\n").build());
    assertEquals("alone\n", PlainText.of(person.content(page).document()));

    deployer.deploy(COLLAB);
    try (ScriptedClient again = ScriptedClient.join(person, page)) {
      assertEquals("alone\n", PlainText.of(again.document()));
    }
    deployer.undeploy(COLLAB);
  }
}

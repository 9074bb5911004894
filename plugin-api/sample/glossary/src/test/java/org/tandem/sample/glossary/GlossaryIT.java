package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/** The archive as the build made it, in a real wiki beside co-editing. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GlossaryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String HANDBOOK =
      """
      # Handbook

      Welcome

      ## Glossary

      Owner: the node that orders a page

      ## Behind

      the end
      """;

  @ArquillianResource private URI wiki;

  @Deployment(name = "co-editing", order = 1, testable = false)
  static Archive<?> coEditing() {
    return PluginArchive.coEditing();
  }

  @Deployment(order = 2, testable = false)
  static Archive<?> glossary() {
    return PluginArchive.read(Path.of(System.getProperty("glossary.archive")));
  }

  private WikiClient person(String name) {
    return WikiClient.demo(wiki, name);
  }

  private static PageId handbook(WikiClient admin) {
    return admin.createPage("team", "Handbook", HANDBOOK);
  }

  private static int at(ScriptedClient client, String text) {
    return Text.at(LiveDocument.of(client.document()), text);
  }

  private static JSONObject glossary(WikiClient person, PageId page) {
    HttpResponse<String> answer =
        person.send(person.request("GET", "/api/glossary/pages/" + page, null));
    assertEquals(200, answer.statusCode(), answer.body());
    return new JSONObject(answer.body());
  }

  @Test
  void anEditorWritesAroundTheGlossaryAndAnAdministratorInIt() {
    WikiClient admin = person("admin");
    PageId page = handbook(admin);
    try (ScriptedClient keeper = ScriptedClient.join(admin, page);
        ScriptedClient editor = ScriptedClient.join(person("editor1"), page)) {
      editor.insert(at(editor, "Welcome"), "Hello. ");
      editor.awaitSettled();
      Delta before = editor.document();
      editor.insert(at(editor, "Owner"), "x");
      String reason = editor.awaitRefusal();
      assertTrue(reason.startsWith("Sections that begin with “Glossary” are kept by"), reason);
      assertEquals(before, editor.document(), "the change is taken back");

      keeper.await("told", self -> self.document().equals(before));
      keeper.insert(at(keeper, "Owner"), "Ack: committed\n");
      editor.insert(at(editor, "the end"), "not ");
      Delta both = Convergence.assertWithin(PATIENCE, keeper, editor);
      assertEquals(
          "Handbook\nHello. Welcome\nGlossary\nAck: committed\nOwner: the node that orders a page\n"
              + "Behind\nnot the end\n",
          PlainText.of(both));
    }
  }

  @Test
  void thePanelIsGivenTheTermsOfTheNewestCommit() {
    WikiClient admin = person("admin");
    WikiClient editor = person("editor1");
    PageId page = handbook(admin);
    JSONObject first = glossary(editor, page);
    assertEquals(false, first.getBoolean("mayChange"));
    JSONArray terms = first.getJSONArray("terms");
    assertEquals(1, terms.length());
    assertEquals("Owner", terms.getJSONObject(0).getString("word"));
    assertEquals("the node that orders a page", terms.getJSONObject(0).getString("meaning"));
    try (ScriptedClient keeper = ScriptedClient.join(admin, page)) {
      keeper.insert(at(keeper, "Owner"), "Ack: committed\n");
      keeper.awaitSettled();
      Awaitility.await()
          .untilAsserted(
              () -> {
                JSONObject now = glossary(admin, page);
                assertEquals(true, now.getBoolean("mayChange"));
                assertEquals("Ack", now.getJSONArray("terms").getJSONObject(0).getString("word"));
              });
    }
  }

  @Test
  void aSaveInOnePieceIsNoWayAround() {
    PageId page = handbook(person("admin"));
    WikiClient editor = person("editor2");
    PageContent content = editor.content(page);
    Delta without = Delta.builder().insert("All new\n").build();
    Map<String, Object> body = Map.of("ops", DeltaJson.toPlain(without));
    HttpResponse<String> answer =
        editor.send(
            editor
                .request("PUT", "/api/pages/" + page + "/content", body)
                .header("If-Match", "\"" + content.rev() + "\""));
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("kept by those who administer"), answer.body());
    assertEquals(content, editor.content(page));
  }

  @Test
  void whoMaySeeNothingIsToldNothing() {
    WikiClient admin = person("admin");
    PageId page = handbook(admin);
    WikiClient nobody = new WikiClient(wiki);
    assertEquals(401, status(nobody, page));
    assertEquals(404, status(admin, PageId.random()));
  }

  private static int status(WikiClient person, PageId page) {
    return person.send(person.request("GET", "/api/glossary/pages/" + page, null)).statusCode();
  }
}

package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.testkit.Convergence;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;

/** The archive as the build made it, in a real wiki beside co-editing. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CalloutsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @ArquillianResource private URI wiki;

  @Deployment(name = "co-editing", order = 1, testable = false)
  static Archive<?> coEditing() {
    return PluginArchive.coEditing();
  }

  @Deployment(order = 2, testable = false)
  static Archive<?> callouts() {
    return PluginArchive.read(Path.of(System.getProperty("callouts.archive")));
  }

  private WikiClient person(String name) {
    return WikiClient.demo(wiki, name);
  }

  private static HttpResponse<String> get(WikiClient person, String path) {
    return person.send(person.request("GET", path, null));
  }

  /** The mentions that the picker offers for what was typed behind {@code @}. */
  private static List<Map<String, Object>> offered(WikiClient person, PageId page, String typed) {
    HttpResponse<String> answer = get(person, "/api/callouts/people/" + page + "?q=" + typed);
    assertEquals(200, answer.statusCode(), answer.body());
    JSONArray mentions = new JSONArray(answer.body());
    return IntStream.range(0, mentions.length())
        .mapToObj(i -> mentions.getJSONObject(i).toMap())
        .toList();
  }

  private static Delta mentioning(Map<String, Object> mention) {
    return Delta.builder().embed(Mention.FORMAT, mention, Attributes.NONE).build();
  }

  private static JSONArray told(WikiClient person, PageId page) {
    HttpResponse<String> answer = get(person, "/api/me/notifications");
    assertEquals(200, answer.statusCode(), answer.body());
    JSONArray own = new JSONArray();
    for (Object each : new JSONObject(answer.body()).getJSONArray("notifications")) {
      if (each instanceof JSONObject one && one.optString("page").equals(page.toString())) {
        own.put(one);
      }
    }
    return own;
  }

  private static JSONArray awaitTold(WikiClient person, PageId page, int many) {
    return Awaitility.await().until(() -> told(person, page), told -> told.length() >= many);
  }

  @Test
  void aMentionIsToldOnceAlsoWhenItIsUndoneAndRedone() {
    WikiClient anna = person("editor1");
    WikiClient bea = person("editor2");
    PageId page = anna.createPage("Mentions");
    Map<String, Object> mention = offered(anna, page, "editor2").get(0);
    try (ScriptedClient one = ScriptedClient.join(anna, page);
        ScriptedClient two = ScriptedClient.join(bea, page)) {
      one.type(mentioning(mention));
      Convergence.assertWithin(PATIENCE, one, two);
      JSONObject told = awaitTold(bea, page, 1).getJSONObject(0);
      assertEquals("editor1 mentioned you.", told.getString("text"));

      one.type(Delta.builder().delete(1).build());
      one.type(mentioning(mention));
      one.insert(1, " is asked");
      two.type(mentioning(offered(bea, page, "editor2").get(0)));
      one.type(mentioning(offered(anna, page, "EDITOR2").get(0)));
      Convergence.assertWithin(PATIENCE, one, two);
      assertEquals(2, awaitTold(bea, page, 2).length());
    }
    assertEquals(0, told(anna, page).length());
  }

  @Test
  void nobodyUsesUpWhatAPersonIsToldWithinAnHour() {
    WikiClient admin = person("admin");
    WikiClient viewer = person("viewer");
    PageId page = person("editor1").createPage("Many");
    try (ScriptedClient loud = ScriptedClient.join(person("editor1"), page);
        ScriptedClient other = ScriptedClient.join(admin, page)) {
      for (int i = 0; i < 25; i++) {
        loud.type(mentioning(offered(admin, page, "viewer").get(0)));
      }
      loud.awaitSettled();
      awaitTold(viewer, page, 20);
      other.type(mentioning(offered(admin, page, "viewer").get(0)));
      other.awaitSettled();
      JSONArray told = awaitTold(viewer, page, 21);
      assertEquals(21, told.length());
      assertEquals("admin mentioned you.", told.getJSONObject(0).getString("text"));
    }
  }

  @Test
  void aMentionThatTheWikiHasNotMadeIsRefused() {
    WikiClient anna = person("editor1");
    PageId page = anna.createPage("Forged");
    Map<String, Object> forged = new HashMap<>(offered(anna, page, "editor2").get(0));
    forged.put("name", "The director");
    try (ScriptedClient client = ScriptedClient.join(anna, page)) {
      client.type(mentioning(forged));
      assertEquals(
          "This mention was not made by the wiki: type @ and choose the person anew.",
          client.awaitRefusal());
      client.append("goes on");
      client.awaitSettled();
    }
  }

  @Test
  void peopleAreOfferedWhoMayViewThePageToThoseWhoMayEditIt() {
    WikiClient admin = person("admin");
    PageId page = person("editor1").createPage("People");
    List<Map<String, Object>> all = offered(admin, page, "");
    assertTrue(all.stream().anyMatch(each -> each.get("name").equals("viewer")), all.toString());
    assertEquals(404, get(person("viewer"), "/api/callouts/people/" + page).statusCode());
    assertEquals(404, get(admin, "/api/callouts/people/" + PageId.random()).statusCode());
    assertEquals(401, get(new WikiClient(wiki), "/api/callouts/people/" + page).statusCode());
  }

  @Test
  void aPageShowsThemInHtmlAndMarkdown() {
    WikiClient anna = person("editor1");
    PageId page = anna.createPage("Shown");
    Map<String, Object> mention = offered(anna, page, "editor2").get(0);
    try (ScriptedClient client = ScriptedClient.join(anna, page)) {
      client.type(
          Delta.builder()
              .embed(Mention.FORMAT, mention, Attributes.NONE)
              .insert(" builds it")
              .insert("\n", Attributes.of(Map.of(Kind.FORMAT, "decision")))
              .build());
      client.awaitSettled();
      client.type(
          Delta.builder().insert("x", Attributes.of(Map.of(Kind.FORMAT, "rumour"))).build());
      assertFalse(client.awaitRefusal().isEmpty(), "another kind is none");
    }
    String html =
        Awaitility.await().until(() -> anna.view(page), shown -> shown.contains("builds it"));
    assertTrue(html.contains("<aside class=\"x-callouts x-callouts-decision\">"), html);
    assertTrue(html.contains("<strong>Decision</strong>"), html);
    assertTrue(html.contains("<strong class=\"x-callouts-mention\">@editor2</strong>"), html);
    String markdown = anna.markdown(page);
    assertTrue(markdown.contains("> [!IMPORTANT]\n> @editor2 builds it"), markdown);
  }
}

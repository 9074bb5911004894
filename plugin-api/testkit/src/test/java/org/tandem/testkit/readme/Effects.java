package org.tandem.testkit.readme;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.testkit.ScriptedClient;
import org.tandem.testkit.WikiClient;
import org.tandem.wiki.Wiki;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.EffectiveSetting;
import org.tandem.wiki.installation.InstalledPlugin;

/** What is seen from outside of a plugin of the README while it runs, or after it was removed. */
final class Effects {

  private Effects() {}

  /**
   * Where to look.
   *
   * @param person who may edit
   * @param page on which the person has written a line
   */
  record Place(Wiki wiki, WikiClient person, PageId page) {

    String get(String path) {
      HttpResponse<String> answer = person.send(person.request("GET", path, null));
      assertEquals(200, answer.statusCode(), answer.body());
      return answer.body();
    }

    InstalledPlugin plugin(String id) {
      return wiki.installation().plugin(id).orElseThrow();
    }

    /** Puts a document in the place of the page's, on top of its newest revision. */
    void save(Delta document) {
      PageContent now = person.content(page);
      person.save(page, now.rev(), document);
      person.awaitContent(page, document);
    }
  }

  /** Looks, and fails when it is not there. */
  @FunctionalInterface
  interface Effect {

    void look(Place place) throws Exception;
  }

  /** While the plugin runs, by its id. */
  static final Map<String, Effect> BY_PLUGIN =
      Map.ofEntries(
          Map.entry("roster", Effects::roster),
          Map.entry("manners", Effects::manners),
          Map.entry("paint", Effects::paint),
          Map.entry("review", Effects::review),
          Map.entry("parrot", Effects::parrot),
          Map.entry("pulse", Effects::pulse),
          Map.entry("greeting", Effects::greeting),
          Map.entry("stars", Effects::stars),
          Map.entry("calling", Effects::calling),
          Map.entry("invitation", Effects::invitation),
          Map.entry("witness", Effects::witness),
          Map.entry("text", Effects::text),
          Map.entry("abbreviations", Effects::abbreviations));

  /** After it was removed. */
  static final Map<String, Effect> AFTER_REMOVAL = Map.of("diary", Effects::deletion);

  private static void roster(Place place) {
    String said = place.get("/api/roster/" + place.page());
    assertTrue(said.matches(".+ has (edit|admin) on Example roster"), said);
  }

  private static void manners(Place place) {
    await().until(() -> Long.parseLong(place.get("/api/manners/")) > 0);
    WikiClient other = WikiClient.demo(place.wiki().address(), "editor2");
    try (ScriptedClient client = ScriptedClient.join(other, place.page())) {
      Delta before = client.document();
      client.append("lorem ipsum");
      String sentence = client.awaitRefusal();
      assertTrue(sentence.startsWith("Write something of your own, "), sentence);
      assertEquals(before, client.document());
    }
  }

  private static void paint(Place place) {
    place.save(
        Delta.builder()
            .insert("red", Attributes.of(Map.of("paint", "red")))
            .embed("paint-swatch", "blue", Attributes.NONE)
            .insert("\n", Attributes.of(Map.of("paint-box", true)))
            .build());
    String html = place.person().view(place.page());
    assertTrue(html.contains("<mark class=\"x-paint x-paint-red\">red</mark>"), html);
    assertTrue(
        html.contains("<span class=\"x-paint-swatch x-paint-swatch-blue\">\u25a0</span>"), html);
    assertTrue(html.contains("<aside class=\"x-paint-box\">"), html);
    assertTrue(
        html.matches(
            "(?s).*<link rel=\"stylesheet\" href=\"/plugins/paint/\\w+/front/paint.css\">.*"),
        html);
    String markdown = place.person().markdown(place.page());
    assertTrue(markdown.contains("**red**(blue)"), markdown);
  }

  private static void review(Place place) {
    Attributes both = Attributes.of(Map.of("review-anna", "yes", "review-berta", "no"));
    place.save(Delta.builder().insert("text", both).insert("\n").build());
    String html = place.person().view(place.page());
    assertTrue(html.contains("title=\"review-anna: yes\""), html);
    assertTrue(html.contains("title=\"review-berta: no\""), html);
  }

  private static void parrot(Place place) throws Exception {
    WikiClient person = place.person();
    HttpResponse<String> said = person.send(person.request("POST", "/api/parrot/say", "hi"));
    assertEquals("\"hi\"", said.body());
    String wiki = person.wiki().toString().replaceAll("/$", "");
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", wiki)
            .header("Cookie", person.cookies("/api/parrot/talk"))
            .subprotocols("parrot.v1")
            .buildAsync(
                URI.create(wiki.replaceFirst("^http", "ws") + "/api/parrot/talk"), new Ear(heard))
            .get(10, TimeUnit.SECONDS);
    socket.sendText("hello", true);
    assertEquals("hello", heard.get(10, TimeUnit.SECONDS));
    socket.abort();
  }

  private record Ear(CompletableFuture<String> heard) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      heard.complete(text.toString());
      return heard;
    }
  }

  private static void pulse(Place place) {
    await()
        .untilAsserted(
            () ->
                assertTrue(
                    place
                        .get("/metrics")
                        .lines()
                        .anyMatch(line -> line.matches("pulse_beats_total [1-9]\\d*"))));
    String sentence = place.plugin("pulse").health().get(0).sentence();
    assertTrue(sentence.matches("It has counted [1-9]\\d* changes\\."), sentence);
  }

  /** As {@link ExamplesTest} has set it. */
  private static void greeting(Place place) {
    assertEquals("Good morning", place.get("/api/greeting/"));
    assertEquals(
        List.of("Good morning"),
        place.plugin("greeting").settings().stream()
            .filter(setting -> setting.name().endsWith("greeting.text"))
            .map(EffectiveSetting::value)
            .toList());
  }

  private static void stars(Place place) {
    String page = place.get("/pages/" + place.page() + "/edit");
    assertTrue(page.matches("(?s).*\"/plugins/stars/\\w+/front/stars.js\".*"), page);
  }

  private static void calling(Place place) {
    WikiClient person = place.person();
    String call = "/api/calling/" + place.page() + "?name=EDITOR2";
    assertEquals("editor2: SENT", person.send(person.request("POST", call, "")).body());
    WikiClient called = WikiClient.demo(place.wiki().address(), "editor2");
    String told = called.send(called.request("GET", "/api/me/notifications", null)).body();
    assertTrue(told.contains("editor1 asks you to come."), told);
  }

  private static void invitation(Place place) {
    HttpResponse<String> answer =
        place
            .person()
            .send(
                place
                    .person()
                    .request("GET", "/api/invitation/" + place.page(), null)
                    .setHeader("Accept-Language", "de"));
    assertTrue(answer.body().startsWith("Schreib mit: http"), answer.body());
    assertTrue(answer.body().contains(place.page().toString()), answer.body());
  }

  private static void witness(Place place) {
    WikiClient admin = WikiClient.demo(place.wiki().address(), "admin");
    await()
        .untilAsserted(
            () -> {
              String audit = admin.send(admin.request("GET", "/api/admin/audit", null)).body();
              assertTrue(audit.contains("page.changed"), audit);
            });
  }

  private static void text(Place place) {
    String file = place.get("/api/pages/" + place.page() + "/exports/text/text");
    assertEquals("Example text\n\nA line that somebody writes\n", file);
  }

  private static void abbreviations(Place place) {
    place.save(Delta.builder().insert("An HLC orders them.\n").build());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              String found = place.get("/search?q=hybrid");
              assertTrue(found.contains("/pages/" + place.page()), found);
            });
  }

  private static void deletion(Place place) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertInstanceOf(
                    ActOutcome.Done.class,
                    place.wiki().installation().deleteData("diary", "admin")));
  }
}

package org.tandem.wiki.notification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.Notifications.Outcome;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** What people are told: who sees it, where, and for how long. */
@ExtendWith(TestWiki.Shared.class)
class InboxTest {

  private static final String CALL = "/api/me/notifications";
  private static final String HOSTILE = "<b>You</b> & \"me\"";

  private final TestWiki wiki;
  private final Inbox inbox;
  private final UserId viewer;
  private final UserId editor;

  InboxTest(TestWiki wiki) {
    this.wiki = wiki;
    this.inbox = wiki.core().inbox();
    this.viewer = wiki.user("viewer").id();
    this.editor = wiki.user("editor2").id();
  }

  @BeforeEach
  void forgetAll() throws Exception {
    change("delete from wiki.notification");
  }

  private int change(String sql, Object... values) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                wiki.database.url(), wiki.database.user(), wiki.database.password());
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private PageId page(String title) throws Exception {
    return PageId.parse(wiki.page(title, "text")).orElseThrow();
  }

  private void sent(UserId to, PageId page, String text) {
    assertEquals(Outcome.SENT, inbox.send("callouts", to, page, text));
  }

  private Document open(String person, String path) throws Exception {
    HttpResponse<String> answer = wiki.get(person, path);
    assertEquals(200, answer.statusCode(), path);
    return Jsoup.parse(answer.body());
  }

  private String count(String person) throws Exception {
    return open(person, "/").selectFirst(".site-user a[href=/notifications]").text();
  }

  private JsonNode list(String person, String query) throws Exception {
    HttpResponse<String> answer = wiki.get(person, CALL + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return Json.read(answer.body());
  }

  @Test
  void thePersonSeesItOnEveryPageAndInTheListUntilItIsRead() throws Exception {
    PageId page = page("To be <read>");
    assertEquals("Notifications", count("viewer"));
    assertTrue(open("viewer", "/notifications").selectFirst(".empty").text().startsWith("Nothing"));
    sent(viewer, page, "first");
    sent(viewer, page, HOSTILE);
    assertEquals("Notifications (2)", count("viewer"));

    Document shown = open("viewer", "/notifications");
    assertEquals(
        List.of(HOSTILE, "first"), shown.select(".hit-excerpt").eachText(), "the newest first");
    assertEquals("To be <read>", shown.selectFirst(".hit-title a").text());
    assertEquals("/pages/" + page, shown.selectFirst(".hit-title a").attr("href"));
    assertTrue(shown.selectFirst(".hit-space").text().endsWith("by the plugin callouts"));
    String newest = shown.selectFirst("input[name=newest]").val();

    sent(viewer, page, "third, while the list is looked at");
    HttpResponse<String> read = wiki.form("viewer", "/notifications/read", "newest=" + newest);
    assertEquals(303, read.statusCode());
    assertEquals("Notifications (1)", count("viewer"));
    assertEquals(1, open("viewer", "/notifications").select(".state").size());
    wiki.form("viewer", "/notifications/read", "newest=nonsense");
    Document all = open("viewer", "/notifications");
    assertEquals(3, all.select(".hit").size());
    assertEquals(List.of(), all.select("input[name=newest], .state"), "nothing is new");
  }

  @Test
  void othersSeeNothingOfIt() throws Exception {
    sent(viewer, page("Not for others"), "secret word");
    assertEquals("Notifications", count("editor2"));
    assertEquals("Notifications", count("admin"));
    assertFalse(wiki.get("admin", "/notifications").body().contains("secret word"));
    assertEquals(0, list("admin", "").get("notifications").size());
    assertEquals(200, wiki.call("editor2", "POST", CALL + "/read", "").statusCode());
    assertEquals("Notifications (1)", count("viewer"));
    assertEquals(401, wiki.get("", CALL).statusCode());
    assertEquals(401, wiki.call("", "POST", CALL + "/read", "").statusCode());
    assertEquals(303, wiki.get("", "/notifications").statusCode());
  }

  @Test
  void theSameIsToBeHadByCalls() throws Exception {
    PageId page = page("By calls");
    for (int i = 0; i < 60; i++) {
      assertEquals(Outcome.SENT, inbox.send("plugin-" + i / 30, editor, page, "number " + i));
    }
    JsonNode newest = list("editor2", "");
    assertEquals(60, newest.get("unread").intValue());
    assertEquals(50, newest.get("notifications").size());
    assertTrue(newest.get("more").booleanValue());
    JsonNode last = newest.get("notifications").get(49);
    assertEquals("number 10", last.get("text").textValue());
    assertEquals("plugin-0", last.get("plugin").textValue());
    assertEquals("By calls", last.get("title").textValue());
    assertEquals(page.toString(), last.get("page").textValue());
    assertFalse(last.get("read").booleanValue());

    JsonNode older = list("editor2", "?before=" + last.get("id"));
    assertEquals(10, older.get("notifications").size());
    assertFalse(older.get("more").booleanValue());
    assertEquals(
        "/notifications?before=" + last.get("id"),
        open("editor2", "/notifications").selectFirst("a[rel=next]").attr("href"));

    String read = CALL + "/read?upTo=" + last.get("id");
    JsonNode left = Json.read(wiki.call("editor2", "POST", read, "").body());
    assertEquals(49, left.get("unread").intValue());
    assertTrue(list("editor2", "").get("notifications").get(49).get("read").booleanValue());
    wiki.call("editor2", "POST", CALL + "/read", "");
    assertEquals(0, list("editor2", "").get("unread").intValue());
    for (String bad : List.of("x", "-1", "1234567890123456789", "")) {
      assertEquals(422, wiki.get("editor2", CALL + "?before=" + bad).statusCode(), bad);
      String call = CALL + "/read?upTo=" + bad;
      assertEquals(422, wiki.call("editor2", "POST", call, "").statusCode(), bad);
    }
  }

  @Test
  void whoMayNotViewThePageIsToldNothingOfIt() throws Exception {
    PageId page = page("Secret title");
    String grant = "/api/pages/" + page + "/access/user/" + viewer;
    sent(viewer, page, "secret word");
    wiki.json("admin", "PUT", grant, Json.of("access", "none"));
    assertEquals(Outcome.NOT_VISIBLE, inbox.send("callouts", viewer, page, "another"));

    String shown = wiki.get("viewer", "/notifications").body();
    assertTrue(shown.contains("A page that you may not view any more"), shown);
    assertFalse(shown.contains("ecret"), shown);
    assertFalse(shown.contains(page.toString()), shown);
    JsonNode told = list("viewer", "").get("notifications").get(0);
    assertEquals("callouts", told.get("plugin").textValue());
    assertFalse(told.has("page") || told.has("title") || told.has("text"), told.toString());

    wiki.call("admin", "DELETE", grant, "");
    assertEquals("secret word", list("viewer", "").at("/notifications/0/text").textValue());
  }

  @Test
  void noPersonAndNoPageAreToldNothing() throws Exception {
    PageId page = page("Of nobody");
    assertEquals(Outcome.NOT_VISIBLE, inbox.send("callouts", UserId.random(), page, "text"));
    assertEquals(Outcome.NOT_VISIBLE, inbox.send("callouts", viewer, PageId.random(), "text"));
  }

  @Test
  void aTextIsOneLineOfBoundedLength() throws Exception {
    PageId page = page("Texts");
    sent(viewer, page, " two\n\tlines\u0000 and \ud800 more ");
    sent(viewer, page, "😀".repeat(301));
    JsonNode told = list("viewer", "").get("notifications");
    assertEquals("two lines and more", told.get(1).get("text").textValue());
    assertEquals("😀".repeat(299) + "…", told.get(0).get("text").textValue());
    for (String empty : List.of("", " \n ", "\u200b", "\u0000")) {
      assertThrows(
          IllegalArgumentException.class, () -> inbox.send("callouts", viewer, page, empty));
    }
  }

  @Test
  void aPluginThatFloodsOnePersonIsHeldBackForAnHour() throws Exception {
    PageId page = page("Flood");
    for (int i = 0; i < Inbox.PER_HOUR; i++) {
      sent(viewer, page, "number " + i);
    }
    assertEquals(Outcome.TOO_MANY, inbox.send("callouts", viewer, page, "one more"));
    assertEquals(Outcome.SENT, inbox.send("callouts", editor, page, "to another person"));
    assertEquals(Outcome.SENT, inbox.send("glossary", viewer, page, "by another plugin"));
    assertEquals(Inbox.PER_HOUR + 1, inbox.unread(viewer));
    try (Core later = later(Duration.ofMinutes(61))) {
      assertEquals(Outcome.SENT, later.inbox().send("callouts", viewer, page, "one more"));
    }
  }

  private Core later(Duration time) throws Exception {
    return wiki.node(Clock.offset(Clock.systemUTC(), time));
  }

  @Test
  void theOldestGo() throws Exception {
    PageId page = page("Many");
    for (int i = 0; i <= Inbox.KEPT; i++) {
      assertEquals(Outcome.SENT, inbox.send("plugin-" + i / 30, viewer, page, "number " + i));
    }
    assertEquals(Inbox.KEPT, inbox.unread(viewer));
    List<Notification> kept = inbox.of(viewer, Inbox.NEWEST, 1000);
    assertEquals("number 1", kept.get(Inbox.KEPT - 1).about().orElseThrow().text());
  }

  @Test
  void whatWasReadLongAgoGoes() throws Exception {
    PageId page = page("Old");
    sent(viewer, page, "read");
    inbox.read(viewer, Inbox.NEWEST);
    sent(viewer, page, "not read");
    try (Core before = later(Duration.ofDays(89))) {
      before.inbox().sweep();
    }
    assertEquals(2, inbox.of(viewer, Inbox.NEWEST, 10).size());
    try (Core after = later(Duration.ofDays(91))) {
      after.inbox().sweep();
    }
    List<Notification> left = inbox.of(viewer, Inbox.NEWEST, 10);
    assertEquals(1, left.size());
    assertEquals("not read", left.get(0).about().orElseThrow().text());
  }

  @Test
  void itGoesWithThePageThePersonAndThePlugin() throws Exception {
    PageId page = page("To be deleted");
    PageId other = page("To stay");
    UserId person = wiki.core().accounts().create("Told and gone", "hash", false);
    String grant = "/api/pages/" + other + "/access/user/" + person;
    wiki.json("admin", "PUT", grant, Json.of("access", "view"));
    sent(person, other, "to the person");
    sent(viewer, page, "of the page");
    sent(viewer, other, "of another page");
    assertEquals(Outcome.SENT, inbox.send("glossary", viewer, other, "of another plugin"));

    assertEquals(204, wiki.call("admin", "DELETE", "/api/pages/" + page, "").statusCode());
    assertEquals(2, inbox.unread(viewer));
    change("delete from wiki.account where id = ?", person.value());
    assertEquals(0, inbox.unread(person));
    inbox.deleteOf("callouts");
    assertEquals(
        List.of("glossary"),
        inbox.of(viewer, Inbox.NEWEST, 10).stream().map(Notification::plugin).toList());
  }
}

package org.tandem.wiki.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.Audit.Outcome;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** What is recorded, and who reads it, for how long. */
@ExtendWith(TestWiki.Shared.class)
class AuditLogTest {

  private static final String CALL = "/api/admin/audit";

  private final TestWiki wiki;
  private final AuditLog audit;
  private final UserId editor;

  AuditLogTest(TestWiki wiki) {
    this.wiki = wiki;
    this.audit = wiki.core().audit();
    this.editor = wiki.user("editor1").id();
  }

  @BeforeEach
  void forgetAll() throws Exception {
    sql("delete from wiki.audit_entry");
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                wiki.database.url(), wiki.database.user(), wiki.database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void recorded(String plugin, String act, String detail) {
    assertEquals(
        Outcome.RECORDED, audit.record(plugin, act, Optional.empty(), Optional.empty(), detail));
  }

  private JsonNode read(String query) throws Exception {
    HttpResponse<String> answer = wiki.get("admin", CALL + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return Json.read(answer.body());
  }

  private Document open(String query) throws Exception {
    HttpResponse<String> answer = wiki.get("admin", "/admin/audit" + query);
    assertEquals(200, answer.statusCode(), answer.body());
    return Jsoup.parse(answer.body());
  }

  @Test
  void anAdminSeesWhatWasDoneAndByWhom() throws Exception {
    assertEquals("Nothing is recorded.", open("").selectFirst(".empty").text());
    String id = wiki.page("Of the <audit>", "text");
    Optional<PageId> page = PageId.parse(id);
    audit.record("glossary", "term.deleted", Optional.of(editor), page, "<b>old</b>\nnew");
    audit.ofTheWiki("plugin.enable", "admin", "glossary 1.0.0");

    List<Element> rows = open("").select("tbody tr");
    assertEquals(
        List.of("the wiki", "plugin.enable", "admin", "", "glossary 1.0.0"), cells(rows.get(0)));
    assertEquals(
        List.of("glossary", "term.deleted", "editor1", "Of the <audit>", "<b>old</b> new"),
        cells(rows.get(1)));
    assertEquals("/pages/" + id, rows.get(1).selectFirst("a").attr("href"));

    JsonNode entries = read("").get("entries");
    assertEquals("-", entries.get(0).get("source").textValue());
    assertEquals("admin", entries.get(0).get("userName").textValue());
    assertEquals(editor.toString(), entries.get(1).get("user").textValue());
    assertEquals(id, entries.get(1).get("page").textValue());
    assertEquals("<b>old</b> new", entries.get(1).get("detail").textValue());
  }

  /** All but the time. */
  private static List<String> cells(Element row) {
    List<String> cells = row.select("td").stream().map(Element::text).toList();
    return cells.subList(1, cells.size());
  }

  @Test
  void nobodyElseReadsIt() throws Exception {
    recorded("glossary", "term.deleted", "secret word");
    for (String person : List.of("editor1", "viewer")) {
      for (String path : List.of("/admin/audit", CALL)) {
        HttpResponse<String> answer = wiki.get(person, path);
        assertEquals(403, answer.statusCode(), path);
        assertFalse(answer.body().contains("secret"), path);
      }
    }
    assertEquals(401, wiki.get("", CALL).statusCode());
    assertEquals(303, wiki.get("", "/admin/audit").statusCode());
    assertEquals(405, wiki.call("admin", "DELETE", CALL, "").statusCode());
  }

  @Test
  void itIsReadInPagesAndBySource() throws Exception {
    for (int i = 0; i < 150; i++) {
      recorded(i % 3 == 0 ? "callouts" : "glossary", "term.seen", "number " + i);
    }
    Document first = open("");
    assertEquals(100, first.select("tbody tr").size());
    assertEquals(List.of("all", "callouts", "glossary"), first.select("#source option").eachText());
    Document second = open(first.selectFirst("a[rel=next]").attr("href").split("audit")[1]);
    assertEquals(50, second.select("tbody tr").size());
    assertTrue(second.select("a[rel=next]").isEmpty());
    assertTrue(second.text().contains("number 0"), "the oldest");

    JsonNode ofOne = read("?source=callouts");
    assertEquals(50, ofOne.get("entries").size());
    assertFalse(ofOne.get("more").booleanValue());
    assertEquals("[\"callouts\",\"glossary\"]", ofOne.get("sources").toString());
    JsonNode all = read("");
    assertTrue(all.get("more").booleanValue());
    String last = all.get("entries").get(99).get("id").toString();
    assertEquals(50, read("?before=" + last).get("entries").size());
    assertEquals(0, read("?source=%27%20or%201=1").get("entries").size());
    for (String bad : List.of("x", "-1", "", "12345678901234567890")) {
      assertEquals(422, wiki.get("admin", CALL + "?before=" + bad).statusCode(), bad);
    }
    assertEquals(100, open("?before=nonsense").select("tbody tr").size());
  }

  @Test
  void anEntryOutlivesWhatItNames() throws Exception {
    String id = wiki.page("Soon gone", "text");
    audit.record("glossary", "page.read", Optional.of(editor), PageId.parse(id), "");
    wiki.call("admin", "DELETE", "/api/pages/" + id, "");
    assertEquals("Soon gone", read("").at("/entries/0/pageTitle").textValue());
    UserId nobody = UserId.random();
    audit.record("glossary", "page.read", Optional.of(nobody), Optional.of(PageId.random()), "");
    assertEquals(nobody.toString(), read("").at("/entries/0/user").textValue());
    assertTrue(open("").text().contains(nobody.toString()));
  }

  @Test
  void sizesAreBounded() {
    recorded("glossary", "a".repeat(64), "😀".repeat(1001) + "\u0000\ud800");
    String detail = audit.entries(Optional.empty(), AuditLog.NEWEST, 1).get(0).detail();
    assertEquals("😀".repeat(999) + "…", detail);
    for (String bad : List.of("", "a".repeat(65), "A", "a b", "1a", "a\u0000", "ä", "-")) {
      assertThrows(IllegalArgumentException.class, () -> recorded("glossary", bad, ""), bad);
    }
  }

  @Test
  void aPluginThatFloodsIsHeldBackForAMinute() throws Exception {
    for (int i = 0; i < AuditLog.PER_MINUTE; i++) {
      recorded("glossary", "term.seen", "number " + i);
    }
    Optional<UserId> nobody = Optional.empty();
    assertEquals(
        Outcome.TOO_MANY, audit.record("glossary", "x", nobody, Optional.empty(), "one more"));
    recorded("callouts", "x", "of another plugin");
    audit.ofTheWiki("plugin.disable", "admin", "glossary");
    try (Core later = later(Duration.ofSeconds(61))) {
      assertEquals(
          Outcome.RECORDED,
          later.audit().record("glossary", "x", nobody, Optional.empty(), "later"));
    }
  }

  private Core later(Duration time) throws Exception {
    return wiki.node(Clock.offset(Clock.systemUTC(), time));
  }

  @Test
  void noEntryIsChangedAndOldOnesGo() throws Exception {
    recorded("glossary", "term.deleted", "once");
    assertThrows(SQLException.class, () -> sql("update wiki.audit_entry set detail = 'never'"));
    try (Core before = later(TestWiki.AUDIT_KEPT.minusHours(1))) {
      before.audit().sweep();
    }
    assertEquals(1, read("").get("entries").size());
    try (Core after = later(TestWiki.AUDIT_KEPT.plusHours(1))) {
      after.audit().sweep();
    }
    assertEquals(0, read("").get("entries").size());
  }
}

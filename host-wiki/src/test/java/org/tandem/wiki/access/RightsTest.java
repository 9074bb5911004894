package org.tandem.wiki.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.UserId;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;

/** Rights, on the node that changes them and on another one. */
@ExtendWith(TestWiki.Shared.class)
class RightsTest {

  private final TestWiki wiki;
  private final UserId viewer;

  RightsTest(TestWiki wiki) {
    this.wiki = wiki;
    this.viewer = wiki.user("viewer").id();
  }

  private PageId page(String title) throws Exception {
    return PageId.parse(wiki.page(title, "text")).orElseThrow();
  }

  private void grant(PageId page, String subject, String access) throws Exception {
    String path = "/api/pages/" + page + "/access/" + subject;
    assertEquals(200, wiki.json("admin", "PUT", path, Json.of("access", access)).statusCode());
  }

  private Access access(PageId page) {
    return wiki.core().access().access(page, viewer);
  }

  @Test
  void aChangeHoldsAtOnceWhereItIsMade() throws Exception {
    PageId page = page("At once");
    assertEquals(Access.VIEW, access(page));
    grant(page, "user/" + viewer, "edit");
    assertEquals(Access.EDIT, access(page));
    grant(page, "user/" + viewer, "none");
    assertEquals(Access.NONE, access(page));
    assertEquals(403, wiki.get("viewer", "/api/pages/" + page).statusCode());
    assertEquals(403, wiki.get("viewer", "/pages/" + page).statusCode());
    wiki.call("admin", "DELETE", "/api/pages/" + page + "/access/user/" + viewer, "");
    assertEquals(Access.VIEW, access(page));
  }

  @Test
  void aPageThatOneMayNotViewIsNowhereToBeSeen() throws Exception {
    PageId page = page("Verborgenes");
    grant(page, "user/" + viewer, "none");
    for (String path :
        new String[] {"/api/spaces/team/tree", "/spaces/team", "/search?q=verborgenes"}) {
      assertTrue(!wiki.get("viewer", path).body().contains(page.toString()), path);
      assertTrue(wiki.get("editor1", path).body().contains(page.toString()), path);
    }
    assertTrue(!wiki.get("viewer", "/pages/" + page).body().contains("Verborgenes"));
  }

  @Test
  void unknownPagesAndPeopleHaveNoRight() {
    assertEquals(Access.NONE, access(PageId.random()));
    assertEquals(Access.NONE, wiki.core().access().access(PageId.random(), UserId.random()));
  }

  @Test
  void groupsAndOrganisationsAreRefusedClearly() throws Exception {
    PageId page = page("Groups");
    for (String kind : new String[] {"group", "organisation"}) {
      String path = "/api/pages/" + page + "/access/" + kind + "/x";
      var answer = wiki.json("admin", "PUT", path, Json.of("access", "view"));
      assertEquals(422, answer.statusCode());
      assertTrue(answer.body().contains("no groups"), answer.body());
    }
    String path = "/api/pages/" + page + "/access/user/" + UserId.random();
    assertEquals(404, wiki.json("admin", "PUT", path, Json.of("access", "view")).statusCode());
    String everyone = "/api/pages/" + page + "/access/everyone/-";
    assertEquals(422, wiki.json("admin", "PUT", everyone, Json.of("access", "all")).statusCode());
    String space = "/api/spaces/team/access/everyone/-";
    assertEquals(422, wiki.json("admin", "PUT", space, Json.of("access", "none")).statusCode());
  }

  @Test
  void aNewSpaceIsSeenByThoseToWhomItIsGranted() throws Exception {
    String body = Json.of("key", "granted", "name", "Granted");
    var made = wiki.json("admin", "POST", "/api/spaces", body);
    assertEquals(201, made.statusCode());
    assertEquals(422, wiki.json("admin", "POST", "/api/spaces", body).statusCode());
    assertTrue(!wiki.get("viewer", "/api/spaces").body().contains("granted"));
    String path = "/api/spaces/granted/access/user/" + viewer;
    assertEquals(200, wiki.json("admin", "PUT", path, Json.of("access", "edit")).statusCode());
    assertTrue(
        wiki.get("viewer", "/api/spaces").body().contains("\"granted\",\"name\":\"Granted\""));
    String page = Json.of("space", "granted", "title", "Mine");
    assertEquals(201, wiki.json("viewer", "POST", "/api/pages", page).statusCode());
    assertEquals(204, wiki.call("admin", "DELETE", path, "").statusCode());
    assertEquals(403, wiki.get("viewer", "/api/spaces/granted/tree").statusCode());
  }

  @Test
  void anotherNodeHearsOfIt() throws Exception {
    PageId page = page("Other node");
    try (Core other = wiki.node()) {
      assertEquals(Access.VIEW, other.access().access(page, viewer));
      BlockingQueue<AccessChange> changes = new LinkedBlockingQueue<>();
      try (Registration listening = other.access().onChange(changes::add)) {
        grant(page, "user/" + viewer, "comment");
        AccessChange change = changes.poll(20, TimeUnit.SECONDS);
        assertNotNull(listening);
        assertEquals(new AccessChange(Optional.of(page), Optional.of(viewer)), change);
        assertEquals(Access.COMMENT, other.access().access(page, viewer));
      }
    }
  }

  @Test
  void anotherNodeHearsOfADeletedPage() throws Exception {
    PageId page = page("Deleted elsewhere");
    try (Core other = wiki.node()) {
      BlockingQueue<PageId> deleted = new LinkedBlockingQueue<>();
      try (Registration listening = other.pages().onDeleted(deleted::add)) {
        wiki.call("editor1", "DELETE", "/api/pages/" + page, "");
        assertNotNull(listening);
        assertEquals(page, deleted.poll(20, TimeUnit.SECONDS));
        assertEquals(Access.NONE, other.access().access(page, viewer));
      }
    }
  }

  @Test
  void aNodeThatWasCutOffAsksForEverythingAgain() throws Exception {
    try (Core other = wiki.node()) {
      BlockingQueue<AccessChange> changes = new LinkedBlockingQueue<>();
      try (Registration listening = other.access().onChange(changes::add)) {
        assertNotNull(listening);
        cutOff();
        assertEquals(
            new AccessChange(Optional.empty(), Optional.empty()),
            changes.poll(20, TimeUnit.SECONDS));
        PageId page = page("After the cut");
        grant(page, "user/" + viewer, "edit");
        AccessChange change = changes.poll(20, TimeUnit.SECONDS);
        assertNotNull(change);
      }
    }
  }

  private void cutOff() throws Exception {
    try (Connection connection =
            DriverManager.getConnection(
                wiki.database.url(), wiki.database.user(), wiki.database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where application_name = 'tandem-wiki-announcements'");
    }
  }
}

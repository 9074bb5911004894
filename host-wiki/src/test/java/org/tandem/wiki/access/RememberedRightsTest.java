package org.tandem.wiki.access;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.host.UserId;
import org.tandem.wiki.content.ContentRow;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.content.VersionRow;
import org.tandem.wiki.core.Json;
import org.tandem.wiki.core.TestWiki;
import org.tandem.wiki.page.PageRow;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.space.SpaceRow;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Store;
import org.tandem.wiki.store.WatchedPool;
import org.tandem.wiki.user.AccountRow;

/** What a node remembers of rights, while another node of the same wiki changes them. */
@ExtendWith(TestWiki.Shared.class)
class RememberedRightsTest {

  private final TestWiki wiki;
  private final UserId viewer;
  private final UserId editor;
  private final WatchedPool watched;
  private final AtomicLong nanos = new AtomicLong();
  private Store store;
  private Announcements announcements;
  private Rights rights;
  private String listener;

  RememberedRightsTest(TestWiki wiki) {
    this.wiki = wiki;
    this.viewer = wiki.user("viewer").id();
    this.editor = wiki.user("editor1").id();
    this.watched = new WatchedPool(wiki.database);
  }

  @BeforeEach
  void start() throws Exception {
    Set<String> others = listeners();
    announcements = Announcements.open(wiki.database);
    Set<String> own = listeners();
    own.removeAll(others);
    listener = own.iterator().next();
    store =
        Store.open(
            watched.pool(),
            List.of(
                AccountRow.class,
                SpaceRow.class,
                PageRow.class,
                ContentRow.class,
                VersionRow.class,
                PageGrantRow.class,
                SpaceGrantRow.class));
    Contents contents = new Contents(store, Clock.systemUTC());
    PageTree tree = new PageTree(store, announcements, contents, Clock.systemUTC());
    rights = new Rights(store, tree, announcements, nanos::get);
    await(announcements::isHeard);
  }

  @AfterEach
  void end() {
    announcements.close();
    store.close();
  }

  private PageId page(String title) throws Exception {
    return PageId.parse(wiki.page(title, "text")).orElseThrow();
  }

  private void grant(PageId page, UserId user, String access) throws Exception {
    String path = "/api/pages/" + page + "/access/user/" + user;
    assertEquals(200, wiki.json("admin", "PUT", path, Json.of("access", access)).statusCode());
  }

  private Access access(PageId page) {
    return rights.access(page, viewer);
  }

  private int statementsOf(Runnable work) {
    int before = watched.statements();
    work.run();
    return watched.statements() - before;
  }

  private void pass(long milliseconds) {
    nanos.addAndGet(MILLISECONDS.toNanos(milliseconds));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within 30 s");
      Thread.onSpinWait();
    }
  }

  private Set<String> listeners() throws SQLException {
    Set<String> pids = new TreeSet<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select pid from pg_stat_activity"
                    + " where application_name = 'tandem-wiki-announcements'")) {
      while (found.next()) {
        pids.add(found.getString(1));
      }
    }
    return pids;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        wiki.database.url(), wiki.database.user(), wiki.database.password());
  }

  private void signalListener(String signal) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, listener).start().waitFor());
  }

  @Test
  void aDecisionIsOneSelectAndNoneFollowsWhileNothingChanges() throws Exception {
    PageId page = page("Nothing changes");
    assertEquals(1, statementsOf(() -> assertEquals(Access.VIEW, access(page))));
    for (int ask = 0; ask < 15; ask++) {
      pass(1_000);
      await(announcements::isHeard);
      assertEquals(0, statementsOf(() -> assertEquals(Access.VIEW, access(page))));
    }
  }

  @Test
  void anOldAnswerIsRenewedByAnotherThread() throws Exception {
    PageId page = page("Renewed");
    access(page);
    pass(25_001);
    await(announcements::isHeard);
    WatchedPool.Held slow = watched.holdNextAnswer();
    assertEquals(Access.VIEW, access(page));
    slow.awaitGiven();
    assertEquals(Access.VIEW, access(page));
    slow.arrive();
  }

  @Test
  void aPageThatIsMadeAfterItWasAskedForIsFoundSoon() throws Exception {
    PageId none = PageId.random();
    assertEquals(Access.NONE, access(none));
    pass(501);
    assertEquals(1, statementsOf(() -> assertEquals(Access.NONE, access(none))));
  }

  @Test
  void aChangeElsewhereDropsTheAnswersOfItsPageAndNoOthers() throws Exception {
    PageId changed = page("Changed");
    PageId other = page("Not changed");
    access(changed);
    access(other);
    BlockingQueue<AccessChange> heard = new LinkedBlockingQueue<>();
    try (Registration listening = rights.onChange(heard::add)) {
      grant(changed, viewer, "none");
      assertTrue(heard.poll(20, SECONDS) != null, () -> "heard by " + listening);
    }
    assertEquals(1, statementsOf(() -> assertEquals(Access.NONE, access(changed))));
    assertEquals(0, statementsOf(() -> assertEquals(Access.VIEW, access(other))));
  }

  @Test
  void pagesThatMoveToAnotherSpaceAreNamed() throws Exception {
    PageId moved = page("Moves away");
    PageId other = page("Stays");
    String space = Json.of("key", "moved-to", "name", "Moved to");
    assertEquals(201, wiki.json("admin", "POST", "/api/spaces", space).statusCode());
    assertEquals(Access.VIEW, access(moved));
    access(other);
    BlockingQueue<AccessChange> heard = new LinkedBlockingQueue<>();
    try (Registration listening = rights.onChange(heard::add)) {
      String to = "{\"space\":\"moved-to\"}";
      String path = "/api/pages/" + moved;
      assertEquals(200, wiki.json("admin", "PATCH", path, to).statusCode());
      AccessChange change = heard.poll(20, SECONDS);
      assertEquals(moved, change.page().orElseThrow(), () -> "heard by " + listening);
    }
    assertEquals(Access.NONE, access(moved));
    assertEquals(0, statementsOf(() -> assertEquals(Access.VIEW, access(other))));
  }

  @Test
  void anAnswerFromBeforeARevocationIsNotKeptThoughItArrivesAfterIt() throws Exception {
    PageId page = page("Race");
    grant(page, viewer, "edit");
    BlockingQueue<AccessChange> heard = new LinkedBlockingQueue<>();
    try (Registration listening = rights.onChange(heard::add)) {
      grant(page, editor, "admin"); // whatever came before is heard when this is
      while (!heard.take().user().orElseThrow().equals(editor)) {}
      WatchedPool.Held slow = watched.holdNextAnswer();
      CompletableFuture<Access> early = CompletableFuture.supplyAsync(() -> access(page));
      slow.awaitGiven();
      grant(page, viewer, "none");
      assertTrue(heard.poll(20, SECONDS) != null, () -> "heard by " + listening);
      slow.arrive();
      assertEquals(Access.EDIT, early.get(20, SECONDS));
      assertEquals(Access.NONE, access(page));
    }
  }

  @Test
  void aRenewalFromBeforeARevocationIsNotKeptEither() throws Exception {
    PageId page = page("Race of a renewal");
    access(page);
    pass(25_001);
    WatchedPool.Held slow = watched.holdNextAnswer();
    await(announcements::isHeard);
    access(page);
    slow.awaitGiven();
    BlockingQueue<AccessChange> heard = new LinkedBlockingQueue<>();
    try (Registration listening = rights.onChange(heard::add)) {
      grant(page, viewer, "none");
      assertTrue(heard.poll(20, SECONDS) != null, () -> "heard by " + listening);
      slow.arrive();
      assertEquals(Access.NONE, access(page));
    }
  }

  @Test
  void aSilentConnectionDoesNotHideARevocationForLongerThanASecond() throws Exception {
    PageId page = page("Silent");
    assertEquals(Access.VIEW, access(page));
    signalListener("-STOP");
    try {
      grant(page, viewer, "none");
      long revoked = System.nanoTime();
      pass(501);
      await(() -> access(page) == Access.NONE);
      long late = System.nanoTime() - revoked;
      assertTrue(late < SECONDS.toNanos(1), "after " + late + " ns");
      pass(501);
      assertEquals(1, statementsOf(() -> access(page)));
    } finally {
      signalListener("-CONT");
    }
    await(announcements::isHeard);
    access(page);
    pass(10_000);
    await(announcements::isHeard);
    assertEquals(0, statementsOf(() -> assertEquals(Access.NONE, access(page))));
  }

  @Test
  void aCutConnectionIsBridgedByShortAnswersUntilItIsBack() throws Exception {
    PageId page = page("Cut");
    assertEquals(Access.VIEW, access(page));
    BlockingQueue<AccessChange> heard = new LinkedBlockingQueue<>();
    try (Registration listening = rights.onChange(heard::add);
        Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(" + listener + ")");
      await(() -> !announcements.isHeard());
      grant(page, viewer, "none");
      pass(501);
      assertEquals(Access.NONE, access(page));
      grant(page, viewer, "edit");
      AccessChange missed = heard.poll(20, SECONDS);
      assertTrue(missed.page().isEmpty() && missed.user().isEmpty(), () -> "" + listening);
    }
    assertEquals(Access.EDIT, access(page));
    await(announcements::isHeard);
    pass(10_000);
    assertEquals(0, statementsOf(() -> assertEquals(Access.EDIT, access(page))));
  }
}

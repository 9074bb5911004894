package org.tandem.collab.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Database;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.Settings;
import org.tandem.collab.Clients;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;
import org.tandem.db.DatabaseAddress;

class LogMaintenanceTest {

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
  private final PageId page = PageId.random();
  private final List<String> progress = new ArrayList<>();
  private boolean cancelled;

  @BeforeEach
  void write() {
    ClientId client = Clients.fresh();
    UserId user = UserId.random();
    log.create(page, 0, Delta.builder().insert("\n").build());
    List<Revision> revisions = new ArrayList<>();
    for (long rev = 1; rev <= 300; rev++) {
      Delta delta = Delta.builder().insert("x").build();
      revisions.add(new Revision(rev, client, rev, user, delta, new Stamp(rev << 16, "n")));
    }
    log.append(List.of(new OperationLog.Append(page, 0, revisions)));
  }

  private MaintenanceReport run(Maintenance maintenance, String argument) throws PluginRefusal {
    DatabaseAddress address = RealDatabase.shared().address();
    Database database = new Database(address.url(), address.user(), address.password());
    return run(maintenance, Optional.ofNullable(argument), database);
  }

  private MaintenanceReport run(
      Maintenance maintenance, Optional<String> argument, Database database) throws PluginRefusal {
    return maintenance.run(
        new MaintenanceRun() {
          @Override
          public Database database() {
            return database;
          }

          @Override
          public Settings settings() {
            return name -> Optional.empty();
          }

          @Override
          public Optional<String> argument() {
            return argument;
          }

          @Override
          public void progress(String sentence) {
            progress.add(sentence);
          }

          @Override
          public boolean cancelled() {
            return cancelled;
          }
        });
  }

  @Test
  void aWholePageIsWhole() throws Exception {
    MaintenanceReport report = run(new VerifyLog(), page.toString());
    assertTrue(report.good());
    assertEquals("1 page with 300 revisions was read: all is whole.", report.lines().get(0));
  }

  @Test
  void aDamagedRowIsNamedAndTheRunIsNotGood() throws Exception {
    try (Connection connection = RealDatabase.shared().pool().getConnection();
        PreparedStatement damage =
            connection.prepareStatement(
                "update collab.operation set node = 'x' where rev = 7 and page = ?")) {
      damage.setObject(1, page.value());
      damage.executeUpdate();
    }
    MaintenanceReport report = run(new VerifyLog(), null);
    assertFalse(report.good());
    assertTrue(
        report.lines().stream().anyMatch(line -> line.contains("revision 7 of page " + page)));
    assertFalse(run(new CompactLog(), page.toString()).good());
    assertEquals(6, log.revisions(page, 0, 6).size(), "what cannot be packed stays");
    log.forget(page);
  }

  @Test
  void packingSaysWhatItBrought() throws Exception {
    MaintenanceReport report = run(new CompactLog(), page.toString());
    assertTrue(report.good());
    assertEquals("300 revisions of 1 page were packed.", report.lines().get(0));
    assertTrue(report.lines().get(1).matches("Before: 1\\d\\d\\.\\d bytes for each of 300 .*"));
    assertTrue(report.lines().get(2).matches("Now: \\d\\.\\d bytes for each of 300 .*"));
    assertEquals(300, log.revisions(page, 0, 300).size());
    assertTrue(run(new VerifyLog(), page.toString()).good());
  }

  @Test
  void allPagesAreGoneThrough() throws Exception {
    List<PageId> own = new ArrayList<>(List.of(page));
    for (int i = 0; i < 250; i++) {
      own.add(PageId.random());
      log.create(own.get(i + 1), 0, Delta.builder().insert("\n").build());
    }
    // Other tests' pages are in this database too, damaged ones among them.
    MaintenanceReport report = run(new VerifyLog(), null);
    assertTrue(
        report.lines().stream()
            .noneMatch(line -> own.stream().anyMatch(id -> line.contains(id.toString()))),
        () -> String.join("\n", report.lines()));
    int pages = Integer.parseInt(report.lines().get(0).split(" ")[0]);
    assertTrue(pages > 250);
    assertEquals(pages, progress.size());
  }

  @Test
  void aCancelledRunSaysSo() throws Exception {
    cancelled = true;
    assertEquals(
        "0 pages with 0 revisions were read, then it was cancelled: what was read is whole.",
        run(new VerifyLog(), null).lines().get(0));
  }

  @Test
  void whatIsNoPageIsRefused() {
    assertThrows(PluginRefusal.class, () -> run(new VerifyLog(), "junk"));
    assertThrows(PluginRefusal.class, () -> run(new VerifyLog(), PageId.random().toString()));
    Database nowhere = new Database("jdbc:postgresql://127.0.0.1:1/none", "a", "b");
    PluginRefusal away =
        assertThrows(PluginRefusal.class, () -> run(new CompactLog(), Optional.empty(), nowhere));
    assertTrue(away.getMessage().startsWith("The database does not answer"));
  }
}

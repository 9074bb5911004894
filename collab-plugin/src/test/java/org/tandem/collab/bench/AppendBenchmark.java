package org.tandem.collab.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tandem.api.bench.Report;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.OperationLog.Append;
import org.tandem.collab.log.hibernate.HibernateLog;
import org.tandem.collab.log.hibernate.RowByRow;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/**
 * Group commits in one statement and row by row, turn by turn on one database that is durable: wall
 * time, processor time of this thread and of the database (where the system tells it in /proc).
 */
final class AppendBenchmark {

  private static final int TICKS_A_SECOND = 100;
  private static final int TURNS = 5;

  /** So many commits a turn, of so many pages with so many changes each. */
  private record Shape(int pages, int revisions, int commits) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(1, 1, 600),
          new Shape(100, 1, 60),
          new Shape(100, 5, 40),
          new Shape(500, 1, 20));

  private final RealDatabase database = RealDatabase.shared();
  private final HibernateLog log = new HibernateLog(database.sessions());
  private final RowByRow rowByRow = new RowByRow(database.sessions());
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final UserId user = UserId.random();

  /** One way's figures, in nanoseconds. */
  private record Cost(long wall, long thread, long postgres, long changes) {

    static final Cost NONE = new Cost(0, 0, 0, 0);

    Cost plus(Cost other) {
      return new Cost(
          wall + other.wall,
          thread + other.thread,
          postgres + other.postgres,
          changes + other.changes);
    }

    List<String> cells() {
      return Stream.of(wall, thread, postgres)
          .map(nanos -> "%.1f".formatted(nanos / 1e3 / changes))
          .toList();
    }

    long processor() {
      return thread + postgres;
    }
  }

  /** Pages that are typed into, and where they stand. */
  private final class Pages {

    private final List<PageId> pages;
    private final ClientId[] clients = new ClientId[5];
    private long head;

    Pages(int count) {
      pages = Stream.generate(PageId::random).limit(count).toList();
      pages.forEach(page -> log.create(page, 0, Delta.builder().insert("\n").build()));
      Arrays.setAll(clients, i -> new ClientId(UUID.randomUUID()));
    }

    List<Append> next(int revisions) {
      List<Append> appends = new ArrayList<>();
      for (PageId page : pages) {
        List<Revision> some = new ArrayList<>();
        for (int i = 1; i <= revisions; i++) {
          long rev = head + i;
          Delta delta = Delta.builder().retain(20 + (int) (rev % 50)).insert("word ").build();
          Stamp stamp = new Stamp(rev << 16, "node-1");
          some.add(new Revision(rev, clients[(int) (rev % 5)], rev, user, delta, stamp));
        }
        appends.add(new Append(page, head, some));
      }
      head += revisions;
      return appends;
    }
  }

  private AppendBenchmark() {}

  static void report(Report report) {
    report.section("Group commits");
    report.text(
        """
        One statement for all pages of a commit, and row by row as before it, turn by turn on one \
        PostgreSQL that is durable: microseconds for each change, of wall time, of the committing \
        thread and of the database's processes. *Ratio*: row by row to one statement, of both \
        processor times together.""");
    report.table(
        List.of(
            "Commit",
            "one statement: wall",
            "thread",
            "database",
            "row by row: wall",
            "thread",
            "database",
            "ratio"),
        SHAPES.stream().map(new AppendBenchmark()::row).toList());
  }

  private List<String> row(Shape shape) {
    Pages pages = new Pages(shape.pages);
    Cost rows = Cost.NONE;
    Cost statement = Cost.NONE;
    for (int turn = -1; turn < TURNS; turn++) {
      Cost before = measure(rowByRow::append, pages, shape);
      Cost now = measure(log::append, pages, shape);
      if (turn >= 0) {
        rows = rows.plus(before);
        statement = statement.plus(now);
      }
    }
    List<String> cells = new ArrayList<>();
    cells.add("%d pages, %d changes each".formatted(shape.pages, shape.revisions));
    cells.addAll(statement.cells());
    cells.addAll(rows.cells());
    cells.add(Report.ratio((double) rows.processor() / statement.processor()));
    return cells;
  }

  private Cost measure(Function<List<Append>, Map<PageId, Boolean>> way, Pages pages, Shape shape) {
    List<List<Append>> batches = new ArrayList<>();
    for (int i = 0; i < shape.commits; i++) {
      batches.add(pages.next(shape.revisions));
    }
    long postgres = postgres();
    long thread = threads.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (List<Append> batch : batches) {
      committed(way.apply(batch));
    }
    return new Cost(
        System.nanoTime() - wall,
        threads.getCurrentThreadCpuTime() - thread,
        postgres() - postgres,
        (long) shape.commits * shape.revisions * shape.pages);
  }

  private static void committed(Map<PageId, Boolean> outcome) {
    if (outcome.containsValue(false)) {
      throw new IllegalStateException("a page was fenced");
    }
  }

  /** The time of the server and all its processes, those that have ended too. */
  private long postgres() {
    try {
      return ticks() * TimeUnit.SECONDS.toNanos(1) / TICKS_A_SECOND;
    } catch (SQLException | IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private long ticks() throws SQLException, IOException {
    long backend = Long.parseLong(query("select pg_backend_pid()"));
    ProcessHandle server = ProcessHandle.of(backend).flatMap(ProcessHandle::parent).orElseThrow();
    long ticks = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(server), server.descendants()).toList()) {
      Path stat = Path.of("/proc", String.valueOf(each.pid()), "stat");
      if (Files.exists(stat)) {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        for (int field = 11; field <= (each.equals(server) ? 14 : 12); field++) {
          ticks += Long.parseLong(fields[field]);
        }
      }
    }
    return ticks;
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}

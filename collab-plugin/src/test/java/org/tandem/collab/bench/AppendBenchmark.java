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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
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
 * time, processor time of this thread and of the database (where the system tells it in /proc), and
 * the ratio of the two ways; then what two indexes cost, and two batches in flight where a commit
 * waits for a slow disk.
 */
public final class AppendBenchmark {

  private static final int TICKS_A_SECOND = 100;
  private static final int TURNS = 5;
  private static final int ROUNDS = 40;
  private static final String[] ALL = {"ways", "indexes", "pipeline"};

  private final RealDatabase database = RealDatabase.shared();
  private final HibernateLog log = new HibernateLog(database.sessions());
  private final RowByRow rowByRow = new RowByRow(database.sessions());
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final UserId user = UserId.random();

  /** One way's figures, in nanoseconds. */
  private record Cost(long wall, long thread, long postgres, long changes) {

    Cost plus(Cost other) {
      return new Cost(
          wall + other.wall,
          thread + other.thread,
          postgres + other.postgres,
          changes + other.changes);
    }

    String print() {
      return String.format(
          Locale.ROOT,
          "%9.1f us wall %9.1f us thread %9.1f us postgres each change; %7.0f/s, %7.0f/s of a core",
          wall / 1e3 / changes,
          thread / 1e3 / changes,
          postgres / 1e3 / changes,
          changes * 1e9 / wall,
          changes * 1e9 / (thread + postgres));
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

  /**
   * @param arguments the parts to measure; none: all
   */
  public static void main(String[] arguments) throws Exception {
    AppendBenchmark benchmark = new AppendBenchmark();
    List<String> parts = List.of(arguments.length == 0 ? ALL : arguments);
    if (parts.contains("ways")) {
      benchmark.ways();
    }
    if (parts.contains("pipeline")) {
      benchmark.pipeline();
    }
    if (parts.contains("indexes")) {
      benchmark.indexes();
    }
    System.exit(0);
  }

  private void ways() throws Exception {
    for (int[] shape : new int[][] {{1, 1, 60}, {100, 1, 6}, {100, 5, 4}, {500, 1, 3}}) {
      Pages pages = new Pages(shape[0]);
      measure(rowByRow::append, pages, shape[1], shape[2]);
      measure(log::append, pages, shape[1], shape[2]);
      Cost old = new Cost(0, 0, 0, 0);
      Cost now = old;
      for (int turn = 0; turn < TURNS; turn++) {
        old = old.plus(measure(rowByRow::append, pages, shape[1], shape[2]));
        now = now.plus(measure(log::append, pages, shape[1], shape[2]));
      }
      System.out.printf("%d pages x %d%n", shape[0], shape[1]);
      System.out.println("  row by row    " + old.print());
      System.out.println("  one statement " + now.print());
      System.out.printf(
          Locale.ROOT,
          "  ratio: %.1f wall, %.1f processor%n",
          (double) old.wall / now.wall,
          (double) (old.thread + old.postgres) / (now.thread + now.postgres));
    }
  }

  /** The same commits with an index and without, on the same tables. */
  private void indexes() throws Exception {
    Pages pages = new Pages(100);
    measure(log::append, pages, 5, 8);
    Cost with = new Cost(0, 0, 0, 0);
    Cost unmarked = with;
    Cost unpublished = with;
    String add = "alter table collab.operation add constraint once unique (page, client, seq)";
    String index =
        "create index page_head_unpublished on collab.page_head (page) where published_rev < rev";
    for (int turn = 0; turn < TURNS; turn++) {
      with = with.plus(measure(log::append, pages, 5, 8));
      execute("alter table collab.operation drop constraint " + unique());
      unmarked = unmarked.plus(measure(log::append, pages, 5, 8));
      execute(add);
      execute("drop index collab.page_head_unpublished");
      unpublished = unpublished.plus(measure(log::append, pages, 5, 8));
      execute(index);
    }
    System.out.println("100 pages x 5, as it is          " + with.print());
    System.out.println("  without (page, client, seq)    " + unmarked.print());
    System.out.println("  without page_head_unpublished  " + unpublished.print());
  }

  private String unique() throws SQLException {
    return query(
        "select conname from pg_constraint"
            + " where conrelid = 'collab.operation'::regclass and contype = 'u'");
  }

  /** One thread, and two with half of the pages each, where each commit waits 3 ms. */
  private void pipeline() throws Exception {
    execute(
        "create function collab.slow() returns trigger language plpgsql as"
            + " 'begin perform pg_sleep(0.003); return null; end'");
    execute(
        "create constraint trigger slow after update on collab.page_head"
            + " deferrable initially deferred for each row when (new.node = 'slow')"
            + " execute function collab.slow()");
    ExecutorService two = Executors.newFixedThreadPool(2);
    for (int size : new int[] {20, 100, 400}) {
      Pages all = new Pages(size);
      List<Pages> halves = List.of(new Pages(size / 2), new Pages(size / 2));
      run(all, 10);
      halves.forEach(half -> run(half, 10));
      long single = System.nanoTime();
      run(all, ROUNDS);
      single = System.nanoTime() - single;
      long both = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      halves.forEach(half -> running.add(two.submit(() -> run(half, ROUNDS))));
      for (Future<?> each : running) {
        each.get();
      }
      both = System.nanoTime() - both;
      System.out.printf(
          Locale.ROOT,
          "%d pages x 1, commits of 3 ms: %.0f changes/s one by one, %.0f/s two in flight;"
              + " a commit takes %.1f and %.1f ms%n",
          size,
          size * ROUNDS * 1e9 / single,
          size * ROUNDS * 1e9 / both,
          single / 1e6 / ROUNDS,
          both / 1e6 / ROUNDS);
    }
    two.shutdown();
  }

  /** The slow one is the batch's first: the trigger waits once for each commit. */
  private void run(Pages pages, int times) {
    for (int i = 0; i < times; i++) {
      List<Append> appends = new ArrayList<>(pages.next(1));
      Append first = appends.get(0);
      Revision plain = first.revisions().get(0);
      Revision slow =
          new Revision(
              plain.rev(),
              plain.client(),
              plain.seq(),
              plain.user(),
              plain.delta(),
              new Stamp(plain.stamp().bits(), "slow"));
      appends.set(0, new Append(first.page(), first.head(), List.of(slow)));
      committed(log.append(appends));
    }
  }

  private Cost measure(
      Function<List<Append>, Map<PageId, Boolean>> way, Pages pages, int revisions, int times)
      throws Exception {
    List<List<Append>> batches = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      batches.add(pages.next(revisions));
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
        (long) times * revisions * pages.pages.size());
  }

  private static void committed(Map<PageId, Boolean> outcome) {
    if (outcome.containsValue(false)) {
      throw new IllegalStateException("a page was fenced");
    }
  }

  /** The time of the server and all its processes, those that have ended too. */
  private long postgres() throws SQLException, IOException {
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
    return ticks * TimeUnit.SECONDS.toNanos(1) / TICKS_A_SECOND;
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

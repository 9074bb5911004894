package org.tandem.collab.runtime;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.Hooks;
import org.tandem.collab.clock.HybridClock;
import org.tandem.collab.cluster.Cluster;
import org.tandem.collab.cluster.Doorbell;
import org.tandem.collab.cluster.InMemoryDoorbells;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.protocol.Limits;
import org.tandem.collab.telemetry.Telemetry;

/** What a node under test works against, with the product's limits, and nobody who counts. */
public final class TestPorts {

  private TestPorts() {}

  /** In memory, with a doorbell that nobody else hears. */
  public static Ports of(InMemoryLog log, Cluster cluster, OnePageWiki wiki, HybridClock clock) {
    return of(log, cluster, wiki, clock, TestPorts::millis);
  }

  /** The same with a clock of the test's for time-outs. */
  public static Ports of(
      InMemoryLog log, Cluster cluster, OnePageWiki wiki, HybridClock clock, LongSupplier millis) {
    return of(log, log, cluster, new InMemoryDoorbells().bell(), wiki, clock, millis);
  }

  /** On a real database. */
  public static Ports of(
      OperationLog log,
      Compaction compaction,
      Cluster cluster,
      Doorbell doorbell,
      OnePageWiki wiki,
      HybridClock clock) {
    return of(log, compaction, cluster, doorbell, wiki, clock, TestPorts::millis);
  }

  /** The same with plugins, whose formats are checked by. */
  public static Ports with(Ports ports, Hooks hooks) {
    return new Ports(
        ports.log(),
        ports.compaction(),
        ports.history(),
        ports.cluster(),
        ports.doorbell(),
        ports.pages(),
        ports.access(),
        ports.clock(),
        ports.millis(),
        new DocumentCheck(hooks::formats),
        hooks,
        ports.limits(),
        ports.telemetry());
  }

  private static Ports of(
      OperationLog log,
      Compaction compaction,
      Cluster cluster,
      Doorbell doorbell,
      OnePageWiki wiki,
      HybridClock clock,
      LongSupplier millis) {
    return new Ports(
        log,
        compaction,
        Optional.empty(),
        cluster,
        doorbell,
        wiki,
        wiki,
        clock,
        millis,
        new DocumentCheck(Formats.builtIn()),
        Hooks.NONE,
        Limits.DEFAULT,
        Telemetry.SILENT);
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}

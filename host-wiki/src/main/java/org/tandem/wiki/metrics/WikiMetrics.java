package org.tandem.wiki.metrics;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/**
 * The figures of this process: memory, garbage collection, threads, processors, requests, pool.
 *
 * <p>Life cycle: ready when constructed; closing ends the registry. Threads: safe for use by any
 * thread; {@link #served} costs an addition.
 */
public final class WikiMetrics implements AutoCloseable {

  private static final int STATUS_CLASSES = 6;

  private static final Duration[] TIMES = {
    Duration.ofMillis(5),
    Duration.ofMillis(25),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final PluginMetrics plugins;
  private final Timer[][] requests = new Timer[RouteClass.values().length][STATUS_CLASSES];

  public WikiMetrics(HikariDataSource pool, PluginMetrics plugins) {
    this.plugins = plugins;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    level(pool, "used", "Connections in use", HikariPoolMXBean::getActiveConnections);
    level(pool, "idle", "Connections that wait", HikariPoolMXBean::getIdleConnections);
    level(pool, "waiting", "Threads that wait", HikariPoolMXBean::getThreadsAwaitingConnection);
    for (RouteClass route : RouteClass.values()) {
      for (int status = 1; status < STATUS_CLASSES; status++) {
        requests[route.ordinal()][status] =
            Timer.builder("tandem.wiki.requests")
                .description("HTTP requests; an upgrade to a socket ends with the answer")
                .tags("route", route.word(), "status", status + "xx")
                .serviceLevelObjectives(TIMES)
                .register(registry);
      }
    }
  }

  /** For the figures of other parts of the wiki. */
  public MeterRegistry registry() {
    return registry;
  }

  private void level(
      HikariDataSource pool,
      String name,
      String meaning,
      ToDoubleFunction<HikariPoolMXBean> level) {
    Gauge.builder("tandem.wiki.pool." + name, pool, from -> of(from, level))
        .description(meaning)
        .register(registry);
  }

  private static double of(HikariDataSource pool, ToDoubleFunction<HikariPoolMXBean> level) {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return now == null ? 0 : level.applyAsDouble(now);
  }

  /**
   * A request was answered.
   *
   * @param status 100 to 599
   */
  public void served(RouteClass route, int status, Duration took) {
    int statusClass = status / 100;
    if (statusClass >= 1 && statusClass < STATUS_CLASSES) {
      requests[route.ordinal()][statusClass].record(took);
    }
  }

  /** All figures in Prometheus's text format, the plugins' behind the wiki's. */
  public String text() {
    return registry.scrape() + plugins.text();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}

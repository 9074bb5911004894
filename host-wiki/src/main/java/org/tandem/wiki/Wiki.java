package org.tandem.wiki;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.Database;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.db.DatabaseAddress;
import org.tandem.db.DatabasePool;
import org.tandem.db.DatabaseRefusal;
import org.tandem.db.EmbeddedDatabase;
import org.tandem.db.Migrations;
import org.tandem.wiki.auth.SigningIn;
import org.tandem.wiki.auth.guard.Callers;
import org.tandem.wiki.core.Core;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.maintenance.Runs;
import org.tandem.wiki.metrics.WikiMetrics;
import org.tandem.wiki.plugin.Contributions;
import org.tandem.wiki.plugin.HostServices;
import org.tandem.wiki.plugin.PluginDesk;
import org.tandem.wiki.plugin.PluginFolders;
import org.tandem.wiki.plugin.PluginStarts;
import org.tandem.wiki.plugin.Plugins;
import org.tandem.wiki.plugin.loading.LifeTimes;
import org.tandem.wiki.plugin.route.PluginAssets;
import org.tandem.wiki.plugin.route.PluginRoutes;
import org.tandem.wiki.server.Site;
import org.tandem.wiki.server.WebServer;
import org.tandem.wiki.settings.DataFolder;
import org.tandem.wiki.settings.StartRefusal;
import org.tandem.wiki.settings.WikiSettings;

/**
 * A running wiki: one node.
 *
 * <p>Life cycle: {@link #start} once, {@link #close} once. Several can run in one process, each on
 * a data folder of its own. Threads: safe for use by any thread.
 *
 * <p>After a crash: the next start on the same data folder goes on where the database stands.
 */
public final class Wiki implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Wiki.class);
  private static final int CONNECTIONS = 20;
  private static final String PLUGIN_DATA = "plugin-data";

  /** In the order in which they are begun; null: not begun. */
  private @Nullable DataFolder folder;

  private @Nullable WebServer server;
  private @Nullable EmbeddedDatabase embedded;
  private @Nullable HikariDataSource pool;
  private @Nullable Core core;
  private @Nullable Plugins plugins;
  private @Nullable Installation installation;
  private @Nullable Runs runs;
  private @Nullable WikiMetrics metrics;

  private final WikiSettings settings;
  private final Clock clock;
  private final Contributions contributions = new Contributions();
  private final PluginRoutes routes = new PluginRoutes();
  private final PluginAssets assets = new PluginAssets();
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable Welcome welcome;

  private Wiki(WikiSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts a wiki, and returns when it serves.
   *
   * @throws StartRefusal when it cannot start as it is set up; nothing is left running then
   */
  public static Wiki start(WikiSettings settings) throws StartRefusal {
    return start(settings, Clock.systemUTC());
  }

  /**
   * The same by another clock.
   *
   * @param clock that says when sign-ins and what else lasts for a time are over
   */
  public static Wiki start(WikiSettings settings, Clock clock) throws StartRefusal {
    Wiki wiki = new Wiki(settings, clock);
    boolean serves = false;
    try {
      wiki.begin();
      serves = true;
      return wiki;
    } catch (DatabaseRefusal | PluginRefusal refused) {
      throw new StartRefusal(String.valueOf(refused.getMessage()), refused);
    } catch (IOException unusable) {
      throw new StartRefusal(
          "The data folder " + settings.data() + " cannot be used: " + unusable.getMessage() + ".",
          unusable);
    } catch (SQLException lost) {
      throw new StartRefusal("The database was lost during the start: start again.", lost);
    } finally {
      if (!serves) {
        wiki.close();
      }
    }
  }

  private void begin()
      throws StartRefusal, DatabaseRefusal, PluginRefusal, IOException, SQLException {
    DataFolder data = DataFolder.open(settings.data());
    folder = data;
    WebServer web = WebServer.bind(settings.address(), settings.port(), settings.trustedProxies());
    server = web;
    Database database = database(data);
    HikariDataSource connections = pool(database);
    Core model =
        Core.open(
            new Core.Needs(
                connections,
                database,
                contributions::authority,
                contributions::editor,
                contributions::contentStyles,
                contributions.extensions(),
                contributions.extensions()::looks,
                contributions.extensions().search(),
                contributions.extensions().exchange(),
                Callers::user,
                settings.locale(),
                settings.auditKept(),
                clock));
    core = model;
    model.pageSettings().onChange(contributions.extensions()::settingChanged);
    contributions.extensions().know(model.accounts(), model.pages(), model.access());
    WikiMetrics figures = new WikiMetrics(connections, contributions.metrics());
    metrics = figures;
    // Before the first plugin registers: what is counted earlier would be left out.
    contributions.extensions().count(figures.registry());
    URI publicUrl = settings.publicUrlAt(web.port());
    SigningIn signingIn = new SigningIn(connections, model.accounts(), publicUrl, clock);
    FirstPeople people = new FirstPeople(model, signingIn);
    people.make(settings.demo());
    Plugins installed = plugins(web, model, signingIn, database, publicUrl);
    plugins = installed;
    installed.startAll();
    Runs maintenance = new Runs(installed::maintained, database, clock);
    runs = maintenance;
    web.start(site(publicUrl, model, signingIn, maintenance, connections, figures));
    welcome =
        new Welcome(
            publicUrl,
            web.address(),
            data.path(),
            database,
            embedded != null,
            people.areDemo(),
            clusterSecret(data),
            people.adminPassword());
  }

  /** The secret that the plugin of co-editing makes when the admin has set none. */
  private Optional<Path> clusterSecret(DataFolder data) throws IOException {
    if (settings.all().get("cluster.secret").isPresent()) {
      return Optional.empty();
    }
    try (Stream<Path> found =
        Files.find(data.folder(PLUGIN_DATA), 2, (file, how) -> file.endsWith("cluster-secret"))) {
      return found.findFirst();
    }
  }

  private Database database(DataFolder data) throws DatabaseRefusal {
    if (settings.database().isPresent()) {
      return settings.database().get();
    }
    EmbeddedDatabase started =
        EmbeddedDatabase.start(data.path().resolve("database"), OptionalInt.empty());
    embedded = started;
    DatabaseAddress address = started.address();
    return new Database(address.url(), address.user(), address.password());
  }

  private HikariDataSource pool(Database database) throws DatabaseRefusal {
    DatabaseAddress address =
        new DatabaseAddress(database.url(), database.user(), database.password());
    HikariDataSource opened = DatabasePool.open(address, "wiki", CONNECTIONS);
    pool = opened;
    Migrations.migrate(address, "wiki", "db/wiki", Wiki.class.getClassLoader());
    return opened;
  }

  private Plugins plugins(
      WebServer web, Core model, SigningIn signingIn, Database database, URI publicUrl)
      throws IOException {
    PluginFolders folders = PluginFolders.of(settings.plugins(), settings.data()).made();
    HostServices services =
        new HostServices(
            model.pages(),
            model.accounts(),
            signingIn.held(),
            model.access(),
            database,
            Callers::user,
            publicUrl,
            settings.locale(),
            model.inbox(),
            model.pageSettings(),
            model.audit(),
            settings.all());
    PluginStarts starts =
        new PluginStarts(services, routes, assets, contributions, folders, LifeTimes.USUAL);
    Plugins.Places places =
        new Plugins.Places(
            model.registry(), model.archives(), model.nodes(web.address().getAuthority()), folders);
    Plugins all = new Plugins(places, starts, contributions);
    installation = new PluginDesk(all, starts, contributions, services);
    return all;
  }

  private Site site(
      URI publicUrl,
      Core model,
      SigningIn signingIn,
      Runs maintenance,
      HikariDataSource connections,
      WikiMetrics figures) {
    List<Object> pages = new ArrayList<>(signingIn.pages(model.screens()));
    pages.add(model.people(signingIn::oneTimePassword));
    pages.addAll(model.adminPages(maintenance, installation()));
    return new Site(
        publicUrl.getScheme().equalsIgnoreCase("https"),
        signingIn.guard(),
        routes,
        assets,
        signingIn.calls(),
        model.rest(model.adminCalls(maintenance, installation())),
        model.html(pages),
        connections,
        figures,
        model.screens().web());
  }

  /** An address for clients on this machine. */
  public URI address() {
    return begun(server).address();
  }

  public Plugins plugins() {
    return begun(plugins);
  }

  /** The plugins as administrators see and change them. */
  public Installation installation() {
    return begun(installation);
  }

  /** What the admin is told after the start. */
  Welcome welcome() {
    return begun(welcome);
  }

  private static <T> T begun(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The wiki has not started");
    }
    return part;
  }

  /** The folder of this node's data. */
  public Path data() {
    return settings.data();
  }

  /** Ends all of it, within half a minute; what is acknowledged is kept. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    if (server != null) {
      server.refuseMore();
    }
    contributions.end();
    end(runs);
    end(plugins);
    end(server);
    end(contributions.extensions());
    end(metrics);
    end(core);
    end(pool);
    end(embedded);
    end(folder);
  }

  private static void end(@Nullable AutoCloseable part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception failure) {
      LOG.warn("A part of the wiki did not end cleanly: {}", failure.toString());
    }
  }
}

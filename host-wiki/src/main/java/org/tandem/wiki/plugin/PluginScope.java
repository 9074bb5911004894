package org.tandem.wiki.plugin;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorFrontEnd;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.editor.PresenceField;
import org.tandem.api.exchange.Exporter;
import org.tandem.api.exchange.Importer;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessChange;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Audit;
import org.tandem.api.host.Database;
import org.tandem.api.host.Host;
import org.tandem.api.host.Locales;
import org.tandem.api.host.Notifications;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.Registration;
import org.tandem.api.host.Routes;
import org.tandem.api.host.SavedVersion;
import org.tandem.api.host.SignIns;
import org.tandem.api.host.SocketRoute;
import org.tandem.api.host.Urls;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;
import org.tandem.api.plugin.HealthProbe;
import org.tandem.api.plugin.MetricsText;
import org.tandem.api.plugin.PageSettings;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.api.plugin.Settings;
import org.tandem.wiki.installation.Contribution;
import org.tandem.wiki.plugin.route.PluginRoutes;
import org.tandem.wiki.settings.AdminSettings;

/**
 * The host as one running plugin sees it. It remembers everything that the plugin registers, and
 * takes back what is left when the plugin ends. Threads: safe for use by any thread.
 */
final class PluginScope implements PluginContext, Host, Routes, AutoCloseable {

  private final String id;
  private final String version;
  private final HostServices services;
  private final AdminSettings set;
  private final PluginRoutes routes;
  private final Contributions contributions;
  private volatile Settings settings = name -> Optional.empty();
  private final Path dataFolder;
  private final String assets;
  private final PluginNews news;
  private final Deque<Registration> registrations = new ArrayDeque<>();
  private final List<Contribution> contributed = new CopyOnWriteArrayList<>();
  private boolean ended;

  /**
   * @param id the plugin's
   * @param version the plugin's
   * @param set what the admin had set when the plugin was started
   * @param assets address of the plugin's files, ends with a slash
   */
  PluginScope(
      String id,
      String version,
      HostServices services,
      AdminSettings set,
      PluginRoutes routes,
      Contributions contributions,
      Path dataFolder,
      String assets) {
    this.id = id;
    this.version = version;
    this.services = services;
    this.set = set;
    this.routes = routes;
    this.contributions = contributions;
    this.dataFolder = dataFolder;
    this.assets = assets;
    this.news = new PluginNews(id);
    contributions.extensions().version(id, version);
  }

  /** The plugin sees these settings, but for the wiki's own. */
  void declare(List<SettingSpec> declared) {
    settings = ScopedSettings.of(id, set, declared);
  }

  @Override
  public Host host() {
    return this;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public PageSettings pageSettings() {
    return new ScopedPageSettings(
        id,
        services.pageSettings(),
        listener ->
            remembered(
                contributions.extensions().registrations().listen(id, listener),
                "listener to",
                "page settings"));
  }

  @Override
  public Path dataFolder() {
    return dataFolder;
  }

  @Override
  public Registration register(PageAuthority authority) {
    return remembered(contributions.register(authority, id), "order of changes", "all pages");
  }

  @Override
  public Registration register(EditorFrontEnd frontEnd) {
    return remembered(contributions.register(frontEnd, assets), "editor", frontEnd.module());
  }

  @Override
  public Registration register(EditorModule module) {
    return remembered(
        contributions.register(module, id, version, assets), "editor module", module.module());
  }

  @Override
  public Registration register(MetricsText metrics) {
    return remembered(contributions.metrics().register(id, metrics), "figures", "/metrics");
  }

  @Override
  public Registration register(HealthProbe probe) {
    return remembered(contributions.health().register(id, probe), "health", "this page");
  }

  @Override
  public Registration register(DeclaredFormat format) {
    return remembered(
        contributions.extensions().registrations().register(id, format),
        "format",
        format.format().name());
  }

  @Override
  public Registration register(ChangeCheck check) {
    return remembered(
        contributions.extensions().registrations().register(id, check),
        "check of changes",
        check.name());
  }

  @Override
  public Registration register(ChangeListener listener) {
    return remembered(
        contributions.extensions().registrations().register(id, listener),
        "listener to changes",
        listener.name());
  }

  @Override
  public Registration register(Exporter exporter) {
    return remembered(
        contributions.extensions().registrations().register(id, exporter),
        "export of pages",
        exporter.name());
  }

  @Override
  public Registration register(Importer importer) {
    return remembered(
        contributions.extensions().registrations().register(id, importer),
        "import of files",
        importer.name());
  }

  @Override
  public Registration register(SearchText words) {
    return remembered(
        contributions.extensions().registrations().register(id, words),
        "words for search",
        words.name());
  }

  @Override
  public Registration register(ConnectionListener listener) {
    return remembered(
        contributions.extensions().registrations().register(id, listener),
        "listener to connections",
        listener.name());
  }

  @Override
  public Registration register(PageMessageListener listener) {
    return remembered(
        contributions.extensions().registrations().register(id, listener),
        "listener to messages",
        listener.name());
  }

  @Override
  public PageMessages pageMessages() {
    return contributions.extensions().messages(id);
  }

  @Override
  public Registration register(PresenceField field) {
    return remembered(
        contributions.extensions().registrations().register(id, field),
        "presence field",
        field.name());
  }

  @Override
  public Hooks hooks() {
    return new ScopedHooks(contributions.extensions(), this::remembered);
  }

  @Override
  public Pages pages() {
    return new ScopedPages();
  }

  @Override
  public Users users() {
    return services.users();
  }

  @Override
  public SignIns signIns() {
    return services.signIns();
  }

  @Override
  public AccessControl access() {
    return new ScopedAccess();
  }

  @Override
  public Routes routes() {
    return this;
  }

  @Override
  public Database database() {
    return services.database();
  }

  @Override
  public Urls urls() {
    return new ScopedUrls(services.publicUrl(), assets);
  }

  @Override
  public Locales locales() {
    return new AcceptedLocales(services.locale());
  }

  @Override
  public Audit audit() {
    return (act, user, page, detail) -> services.audit().record(id, act, user, page, detail);
  }

  @Override
  public Notifications notifications() {
    return (to, page, text) -> services.inbox().send(id, to, page, text);
  }

  @Override
  public Registration servlet(String prefix, HttpServlet servlet) {
    return remembered(routes.servlet(id, prefix, servlet), "calls", "/api/" + prefix + "/");
  }

  @Override
  public Registration socket(String prefix, SocketRoute route) {
    return remembered(routes.socket(id, prefix, route), "sockets", "/api/" + prefix + "/");
  }

  @Override
  public Optional<User> caller(HttpServletRequest request) {
    return services.callers().apply(request);
  }

  /** Takes it back when the plugin ends, if the plugin has not done so before. */
  Registration remembered(Registration registration) {
    synchronized (registrations) {
      if (!ended) {
        registrations.push(registration);
        return registration;
      }
    }
    registration.close();
    throw new IllegalStateException("The plugin " + id + " has ended");
  }

  private Registration remembered(Registration registration, String kind, String name) {
    Contribution shown = new Contribution(kind, name);
    Registration both =
        () -> {
          contributed.remove(shown);
          registration.close();
        };
    contributed.add(shown);
    return remembered(both);
  }

  String version() {
    return version;
  }

  AdminSettings set() {
    return set;
  }

  /** What the plugin has registered now. */
  List<Contribution> contributed() {
    return List.copyOf(contributed);
  }

  /**
   * Takes back what is left, the newest first; closing what the plugin has closed does nothing.
   * What the plugin registers afterwards is taken back at once.
   */
  @Override
  public void close() {
    List<Registration> left;
    synchronized (registrations) {
      left = List.copyOf(registrations);
      registrations.clear();
      ended = true;
    }
    left.forEach(Registration::close);
    news.close();
  }

  private final class ScopedAccess implements AccessControl {

    @Override
    public Access access(PageId page, UserId user) {
      return services.access().access(page, user);
    }

    @Override
    public Registration onChange(Consumer<AccessChange> listener) {
      return remembered(
          services.access().onChange(change -> news.tell(() -> listener.accept(change))));
    }
  }

  private final class ScopedPages implements Pages {

    @Override
    public Optional<Page> page(PageId page) {
      return services.pages().page(page);
    }

    @Override
    public Optional<PageContent> content(PageId page) {
      return services.pages().content(page);
    }

    @Override
    public List<SavedVersion> savedAlone(PageId page) {
      return services.pages().savedAlone(page);
    }

    @Override
    public boolean publish(PageId page, SavedVersion version, long takenOver) {
      return services.pages().publish(page, version, takenOver);
    }

    @Override
    public Registration onDeleted(Consumer<PageId> listener) {
      return remembered(services.pages().onDeleted(page -> news.tell(() -> listener.accept(page))));
    }
  }
}

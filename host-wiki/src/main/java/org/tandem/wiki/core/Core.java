package org.tandem.wiki.core;

import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.glassfish.jersey.server.ResourceConfig;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Looks;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageAuthority;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Database;
import org.tandem.api.host.Pages;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.access.Grants;
import org.tandem.wiki.access.PageGrantRow;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.access.SpaceGrantRow;
import org.tandem.wiki.audit.AuditLog;
import org.tandem.wiki.audit.AuditRow;
import org.tandem.wiki.content.ContentRow;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.content.Editing;
import org.tandem.wiki.content.Indexing;
import org.tandem.wiki.content.SearchSources;
import org.tandem.wiki.content.Shown;
import org.tandem.wiki.content.VersionRow;
import org.tandem.wiki.exchange.Exchange;
import org.tandem.wiki.exchange.Exports;
import org.tandem.wiki.exchange.Imports;
import org.tandem.wiki.gate.Gate;
import org.tandem.wiki.handbook.Demo;
import org.tandem.wiki.installation.ArchiveRow;
import org.tandem.wiki.installation.Archives;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.Nodes;
import org.tandem.wiki.installation.PluginRow;
import org.tandem.wiki.installation.Registry;
import org.tandem.wiki.maintenance.Runs;
import org.tandem.wiki.notification.Inbox;
import org.tandem.wiki.notification.NotificationRow;
import org.tandem.wiki.page.PageRow;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.WikiPages;
import org.tandem.wiki.pagesetting.PageSettingRow;
import org.tandem.wiki.pagesetting.SettingsOfPages;
import org.tandem.wiki.rest.AccessResource;
import org.tandem.wiki.rest.AuditResource;
import org.tandem.wiki.rest.ContentResource;
import org.tandem.wiki.rest.EditorResource;
import org.tandem.wiki.rest.ExportsResource;
import org.tandem.wiki.rest.ImportsResource;
import org.tandem.wiki.rest.MaintenanceResource;
import org.tandem.wiki.rest.MeResource;
import org.tandem.wiki.rest.NotificationsResource;
import org.tandem.wiki.rest.PagesResource;
import org.tandem.wiki.rest.PluginsResource;
import org.tandem.wiki.rest.RestInterface;
import org.tandem.wiki.rest.SpacesResource;
import org.tandem.wiki.rest.VersionsResource;
import org.tandem.wiki.search.PageSearch;
import org.tandem.wiki.space.SpaceRow;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Store;
import org.tandem.wiki.user.AccountRow;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.view.EditorPage;
import org.tandem.wiki.view.HtmlInterface;
import org.tandem.wiki.view.Screens;
import org.tandem.wiki.view.SignInPage;
import org.tandem.wiki.view.admin.AuditPages;
import org.tandem.wiki.view.admin.MaintenancePages;
import org.tandem.wiki.view.admin.PluginPages;
import org.tandem.wiki.view.browse.Editions;
import org.tandem.wiki.view.browse.ExportPages;
import org.tandem.wiki.view.browse.HomePages;
import org.tandem.wiki.view.browse.NotificationPages;
import org.tandem.wiki.view.browse.PagePages;
import org.tandem.wiki.view.browse.SearchPages;
import org.tandem.wiki.view.browse.SpacePages;
import org.tandem.wiki.view.edit.EditPages;
import org.tandem.wiki.view.frame.WebManifest;
import org.tandem.wiki.view.organise.AccessPages;
import org.tandem.wiki.view.organise.ImportPages;
import org.tandem.wiki.view.organise.NewPages;
import org.tandem.wiki.view.organise.NewSpaces;
import org.tandem.wiki.view.organise.Organise;
import org.tandem.wiki.view.organise.People;

/**
 * The wiki without its server: everything between the migrated database and HTTP.
 *
 * <p>Life cycle: opened once for a node; {@link #close} ends its thread and connection, the pool
 * stays the caller's. Threads: what it gives out is safe for use by any thread.
 */
public final class Core implements AutoCloseable {

  /**
   * What the core is made of.
   *
   * @param pool connections to the database, whose schema {@code wiki} is migrated
   * @param database the same database, for a connection outside the pool
   * @param authority who orders the changes of pages now
   * @param editor the editor that a plugin brings now
   * @param contentStyles addresses of style sheets that plugins add to contents now
   * @param hooks what plugins have to say to changes now
   * @param looks how the formats of plugins in a document look
   * @param search what plugins add to the words by which pages are found
   * @param exchange how plugins export pages and import files
   * @param callers who has signed in
   * @param locale of the pages
   * @param auditKept how long entries of the audit are kept
   */
  public record Needs(
      DataSource pool,
      Database database,
      Supplier<Optional<PageAuthority>> authority,
      Supplier<Optional<EditorPage>> editor,
      Supplier<List<String>> contentStyles,
      Hooks hooks,
      Function<Delta, Looks> looks,
      SearchSources search,
      Exchange exchange,
      Function<HttpServletRequest, Optional<User>> callers,
      Locale locale,
      Duration auditKept,
      Clock clock) {}

  private static final List<Class<?>> ENTITIES =
      List.of(
          AccountRow.class,
          SpaceRow.class,
          PageRow.class,
          ContentRow.class,
          VersionRow.class,
          PageGrantRow.class,
          SpaceGrantRow.class,
          ArchiveRow.class,
          PluginRow.class,
          NotificationRow.class,
          PageSettingRow.class,
          AuditRow.class);

  private final Needs needs;
  private final Store store;
  private final Announcements announcements;
  private final Accounts accounts;
  private final Spaces spaces;
  private final Contents contents;
  private final PageTree tree;
  private final Rights rights;
  private final Grants grants;
  private final Editing editing;
  private final Gate gate;
  private final Inbox inbox;
  private final AuditLog audit;
  private final Screens screens;
  private final Sweeper sweeper;
  private final Indexing indexing;
  private final Exports exports;
  private final Imports imports;

  private Core(Needs needs, Store store, Announcements announcements) {
    this.needs = needs;
    this.store = store;
    this.announcements = announcements;
    this.accounts = new Accounts(store, needs.clock());
    this.spaces = new Spaces(store, needs.clock());
    this.contents =
        new Contents(store, needs.clock(), needs.hooks(), new Shown(needs.looks()), needs.search());
    this.indexing = Indexing.begin(store, needs.search(), needs.clock());
    this.tree = new PageTree(store, announcements, contents, needs.clock());
    this.rights = new Rights(store, tree, announcements);
    this.grants = new Grants(store, announcements);
    this.editing = new Editing(needs.authority(), contents);
    this.gate = new Gate(needs.callers(), tree, spaces, rights);
    this.audit = new AuditLog(store, accounts, pages(), needs.clock(), needs.auditKept());
    this.inbox = new Inbox(store, rights, needs.clock());
    this.screens = new Screens(gate, WebManifest.load(), needs.locale(), inbox::unread);
    this.sweeper = new Sweeper(List.of(inbox::sweep, audit::sweep));
    this.exports = new Exports(needs.exchange(), editing, needs.locale());
    this.imports = new Imports(needs.exchange(), tree);
  }

  /**
   * @throws SQLException when the database cannot be reached
   */
  public static Core open(Needs needs) throws SQLException {
    Announcements announcements = Announcements.open(needs.database());
    try {
      return new Core(needs, Store.open(needs.pool(), ENTITIES), announcements);
    } catch (RuntimeException failure) {
      announcements.close();
      throw failure;
    }
  }

  public Accounts accounts() {
    return accounts;
  }

  public Pages pages() {
    return new WikiPages(tree, spaces, contents, announcements);
  }

  /** What all nodes are to have of plugins. */
  public Registry registry() {
    return new Registry(store, announcements, audit, needs.clock());
  }

  public Archives archives() {
    return new Archives(store, needs.clock());
  }

  /**
   * The nodes of the wiki.
   *
   * @param name of this one, for people
   */
  public Nodes nodes(String name) {
    return new Nodes(store, UUID.randomUUID(), name);
  }

  /** How pages are indexed anew for what plugins add to search. */
  public Indexing indexing() {
    return indexing;
  }

  public AccessControl access() {
    return rights;
  }

  /** What people are told by plugins. */
  public Inbox inbox() {
    return inbox;
  }

  /** What plugins keep for pages. */
  public SettingsOfPages pageSettings() {
    return new SettingsOfPages(store, announcements);
  }

  /** The record of what was done. */
  public AuditLog audit() {
    return audit;
  }

  /** Makes the demo's people, spaces and handbook in a wiki that has none yet. */
  public Demo demo() {
    return new Demo(store, accounts, spaces, grants, tree, contents);
  }

  /**
   * To be mounted at {@code /api/*}.
   *
   * @param more calls of others, instances of Jersey resources
   */
  public ResourceConfig rest(List<Object> more) {
    List<Object> calls =
        new ArrayList<>(
            List.of(
                new MeResource(gate),
                new NotificationsResource(gate, inbox),
                new SpacesResource(gate, spaces, rights),
                new PagesResource(gate, tree, editing),
                new ContentResource(gate, editing),
                new EditorResource(gate, screens.web(), needs.editor()),
                new VersionsResource(gate, contents, editing, accounts),
                new AccessResource(gate, grants, accounts),
                new ExportsResource(gate, exports),
                new ImportsResource(gate, imports)));
    calls.addAll(more);
    return RestInterface.of(calls);
  }

  public Screens screens() {
    return screens;
  }

  /**
   * The pages that list people and make new ones, for administrators.
   *
   * @param oneTimePassword gives a person a new password and answers with it
   */
  public Object people(Function<UserId, String> oneTimePassword) {
    return new People(gate, screens, accounts, oneTimePassword);
  }

  /** The pages on which administrators look after the node, for {@link #html}. */
  public List<Object> adminPages(Runs runs, Installation installation) {
    return List.of(
        new MaintenancePages(gate, screens, runs, installation),
        new PluginPages(gate, screens, installation),
        new AuditPages(gate, screens, audit));
  }

  /** The same as calls, for {@link #rest}. */
  public List<Object> adminCalls(Runs runs, Installation installation) {
    return List.of(
        new MaintenanceResource(gate, runs),
        new PluginsResource(gate, installation, archives()),
        new AuditResource(gate, audit));
  }

  /**
   * To be mounted at {@code /*}, below what is more specific.
   *
   * @param more pages of others, instances of Jersey resources
   */
  public ResourceConfig html(List<Object> more) {
    PageSearch search = new PageSearch(store, tree, spaces, contents, rights);
    Editions editions = new Editions(accounts);
    List<Object> pages =
        new ArrayList<>(
            List.of(
                new HomePages(gate, screens, spaces, rights),
                new NotificationPages(gate, screens, inbox),
                new SpacePages(gate, screens, rights),
                new PagePages(
                    gate,
                    screens,
                    rights,
                    contents,
                    editing,
                    editions,
                    exports,
                    needs.contentStyles()),
                new ExportPages(gate, exports),
                new ImportPages(gate, screens, rights, imports),
                new SearchPages(gate, screens, search),
                new SignInPage(gate, screens),
                new NewPages(gate, screens, rights, tree),
                new NewSpaces(gate, screens, spaces),
                new Organise(gate, screens, rights, spaces, tree),
                new AccessPages(gate, screens, grants, accounts),
                new EditPages(gate, screens, editing, needs.editor())));
    pages.addAll(more);
    return HtmlInterface.of(screens, pages);
  }

  @Override
  public void close() {
    indexing.close();
    sweeper.close();
    announcements.close();
    store.close();
  }
}

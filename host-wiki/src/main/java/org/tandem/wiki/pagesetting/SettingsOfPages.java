package org.tandem.wiki.pagesetting;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.api.plugin.PageSettings.Change;
import org.tandem.api.plugin.PageSettings.Outcome;
import org.tandem.wiki.json.PlainJson;
import org.tandem.wiki.json.PlainJson.Nulls;
import org.tandem.wiki.json.PlainJson.Written;
import org.tandem.wiki.page.PageRow;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.store.Store;

/** What each plugin keeps for single pages. Threads and failure as for {@link Store}. */
public final class SettingsOfPages {

  static final int KEY_LIMIT = 64;
  static final int KEYS = 64;
  static final int VALUE_BYTES = 8192;

  private final Store store;
  private final Announcements announcements;

  public SettingsOfPages(Store store, Announcements announcements) {
    this.store = store;
    this.announcements = announcements;
  }

  /**
   * @param plugin its id, here and below
   */
  public Optional<Object> get(String plugin, PageId page, String key) {
    if (!isFit(key)) {
      return Optional.empty();
    }
    return store
        .read(session -> row(session, new PageSettingRow.Key(page.value(), plugin, key)))
        .map(PageSettingRow::json)
        .map(PlainJson::read);
  }

  private static Optional<PageSettingRow> row(Session session, PageSettingRow.Key key) {
    return Optional.ofNullable(session.find(PageSettingRow.class, key));
  }

  private static boolean isFit(String key) {
    return Names.clean(key, KEY_LIMIT).filter(key::equals).isPresent();
  }

  /** By key. */
  public Map<String, Object> all(String plugin, PageId page) {
    List<PageSettingRow> rows =
        store.read(
            session ->
                session
                    .createSelectionQuery(
                        "from PageSetting where pageId = :page and plugin = :plugin order by name",
                        PageSettingRow.class)
                    .setParameter("page", page.value())
                    .setParameter("plugin", plugin)
                    .getResultList());
    Map<String, Object> all = new LinkedHashMap<>();
    rows.forEach(row -> all.put(row.name(), PlainJson.read(row.json())));
    return all;
  }

  /** Sets a value in place of the one before, unless it is unfit or one too many. */
  public Outcome put(String plugin, PageId page, String key, Object value) {
    if (!isFit(key)) {
      return Outcome.UNFIT_KEY;
    }
    if (PlainJson.write(value, VALUE_BYTES, Nulls.NOWHERE) instanceof Written.Text text) {
      PageSettingRow.Key row = new PageSettingRow.Key(page.value(), plugin, key);
      return store.write(session -> stored(session, row, text.json()));
    }
    return Outcome.UNFIT_VALUE;
  }

  private Outcome stored(Session session, PageSettingRow.Key key, String json) {
    // One after the other for each page, so that they are counted on all nodes.
    if (session.find(PageRow.class, key.pageId(), LockMode.PESSIMISTIC_WRITE) == null) {
      return Outcome.NO_PAGE;
    }
    Optional<PageSettingRow> before = row(session, key);
    if (before.isEmpty() && count(session, key) >= KEYS) {
      return Outcome.FULL;
    } else if (before.filter(row -> row.json().equals(json)).isPresent()) {
      return Outcome.STORED;
    }
    before.ifPresentOrElse(
        row -> row.json(json), () -> session.persist(new PageSettingRow(key, json)));
    announce(session, key);
    return Outcome.STORED;
  }

  private static long count(Session session, PageSettingRow.Key key) {
    return session
        .createSelectionQuery(
            "select count(*) from PageSetting where pageId = :page and plugin = :plugin",
            Long.class)
        .setParameter("page", key.pageId())
        .setParameter("plugin", key.plugin())
        .getSingleResult();
  }

  private void announce(Session session, PageSettingRow.Key key) {
    announcements.announce(
        session,
        new Announcement.PageSettingChanged(new PageId(key.pageId()), key.plugin(), key.name()));
  }

  /** False when there was no such value. */
  public boolean remove(String plugin, PageId page, String key) {
    return isFit(key)
        && store.write(
            session -> removed(session, new PageSettingRow.Key(page.value(), plugin, key)));
  }

  private boolean removed(Session session, PageSettingRow.Key key) {
    int gone =
        session
            .createMutationQuery(
                "delete from PageSetting"
                    + " where pageId = :page and plugin = :plugin and name = :name")
            .setParameter("page", key.pageId())
            .setParameter("plugin", key.plugin())
            .setParameter("name", key.name())
            .executeUpdate();
    if (gone > 0) {
      announce(session, key);
    }
    return gone > 0;
  }

  /**
   * Calls the listener when a value has changed on any node, or may have. It returns at once.
   *
   * @param listener is told whose value it is; empty when it may be any plugin's
   */
  public Registration onChange(BiConsumer<Optional<String>, Change> listener) {
    return announcements.listen(
        said -> {
          if (said instanceof Announcement.PageSettingChanged changed) {
            listener.accept(
                Optional.of(changed.plugin()),
                new Change(Optional.of(changed.page()), Optional.of(changed.key())));
          } else if (said instanceof Announcement.Missed) {
            listener.accept(Optional.empty(), new Change(Optional.empty(), Optional.empty()));
          }
        });
  }

  /** Deletes all that a plugin keeps. */
  public void deleteOf(String plugin) {
    store.change(
        session ->
            session
                .createMutationQuery("delete from PageSetting where plugin = :plugin")
                .setParameter("plugin", plugin)
                .executeUpdate());
  }
}

package org.tandem.wiki.installation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Registration;
import org.tandem.wiki.audit.AuditLog;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Store;

/**
 * What all nodes of the wiki are to have of plugins. Each change is made against the one that its
 * maker has seen, so that of two admins at once the second is told. Threads and failure as for
 * {@link Store}.
 */
public final class Registry {

  private final Store store;
  private final Announcements announcements;
  private final AuditLog audit;
  private final Clock clock;

  /**
   * @param audit records each change
   */
  public Registry(Store store, Announcements announcements, AuditLog audit, Clock clock) {
    this.store = store;
    this.announcements = announcements;
    this.audit = audit;
    this.clock = clock;
  }

  /** The plugins by id, the removed ones too. */
  public List<WantedPlugin> all() {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery("from Plugin order by id", PluginRow.class)
                    .getResultList())
        .stream()
        .map(PluginRow::plugin)
        .toList();
  }

  public Optional<WantedPlugin> plugin(String id) {
    return store
        .read(session -> Optional.ofNullable(session.find(PluginRow.class, id)))
        .map(PluginRow::plugin);
  }

  /**
   * Makes this what all nodes are to have, and tells them.
   *
   * @param wanted with the change that was seen, 0 for a plugin that is not there; both archives
   *     are stored
   * @return what is wanted now; empty when the plugin was changed by somebody else meanwhile
   */
  public Optional<WantedPlugin> change(WantedPlugin wanted, String by) {
    try {
      return store.write(session -> changed(session, wanted, by));
    } catch (ConstraintViolationException somebodyWasFaster) {
      return Optional.empty();
    }
  }

  private Optional<WantedPlugin> changed(Session session, WantedPlugin wanted, String by) {
    PluginRow row = session.find(PluginRow.class, wanted.id(), LockMode.PESSIMISTIC_WRITE);
    Optional<WantedPlugin> before = Optional.ofNullable(row).map(PluginRow::plugin);
    long seen = before.map(WantedPlugin::change).orElse(0L);
    if (seen != wanted.change()) {
      return Optional.empty();
    }
    PluginRow changed = row == null ? new PluginRow(wanted.id()) : row;
    changed.become(
        wanted.state(),
        session.getReference(ArchiveRow.class, wanted.archive().hash()),
        reference(session, wanted.former()));
    changed.changed(seen + 1, clock.instant(), by);
    if (row == null) {
      session.persist(changed);
    }
    session.flush();
    session.refresh(changed);
    PluginAct act = PluginAct.of(before, changed.plugin());
    audit.ofTheWiki(act.word(), by, act.detail());
    announcements.announce(session, new Announcement.PluginsChanged());
    return Optional.of(changed.plugin());
  }

  private static @Nullable ArchiveRow reference(Session session, Optional<StoredArchive> archive) {
    return archive.map(known -> session.getReference(ArchiveRow.class, known.hash())).orElse(null);
  }

  /**
   * Forgets a plugin that is removed, and tells all nodes; its archives go with the next {@link
   * Archives#sweep}.
   *
   * @param removed as it was seen
   * @return false when it was changed by somebody else meanwhile, or is forgotten already
   */
  public boolean forget(WantedPlugin removed) {
    return store.write(
        session -> {
          boolean forgotten =
              session
                      .createMutationQuery(
                          "delete from Plugin"
                              + " where id = :id and state = :state and change = :change")
                      .setParameter("id", removed.id())
                      .setParameter("state", PluginState.REMOVED.word())
                      .setParameter("change", removed.change())
                      .executeUpdate()
                  > 0;
          if (forgotten) {
            session
                .createNativeMutationQuery(
                    "insert into wiki.forgotten_plugin (id, forgotten_at) values (:id, :at)"
                        + " on conflict (id) do update set forgotten_at = excluded.forgotten_at")
                .setParameter("id", removed.id())
                .setParameter("at", clock.instant())
                .executeUpdate();
            announcements.announce(session, new Announcement.PluginsChanged());
          }
          return forgotten;
        });
  }

  /** When a plugin was forgotten last; empty when it never was. */
  public Optional<Instant> forgottenAt(String id) {
    return store.read(
        session ->
            session
                .createNativeQuery(
                    "select forgotten_at from wiki.forgotten_plugin where id = :id", Instant.class)
                .setParameter("id", id)
                .uniqueResultOptional());
  }

  /** Calls the listener when any node has changed something, or may have. It returns at once. */
  public Registration onChange(Runnable listener) {
    Consumer<Announcement> hears =
        said -> {
          if (said instanceof Announcement.PluginsChanged || said instanceof Announcement.Missed) {
            listener.run();
          }
        };
    return announcements.listen(hears);
  }
}

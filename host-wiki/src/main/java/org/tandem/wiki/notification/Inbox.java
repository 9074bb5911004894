package org.tandem.wiki.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Notifications.Outcome;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.store.Store;
import org.tandem.wiki.user.AccountRow;

/**
 * What each person is told, by plugins. Whoever reads has asked who the person is; whether she may
 * view a page is asked here. Threads and failure as for {@link Store}.
 */
public final class Inbox {

  /** Longest text, in Unicode characters. */
  static final int TEXT_LIMIT = 300;

  /** How many one plugin may send one person within an hour. */
  static final int PER_HOUR = 30;

  /** How many are kept of one person. */
  static final int KEPT = 500;

  /** How long those that are read are kept. */
  static final Duration KEPT_READ = Duration.ofDays(90);

  /** Higher than any notification's id. */
  public static final long NEWEST = Long.MAX_VALUE;

  /** What a select finds of a notification. */
  record Found(
      long id,
      UUID page,
      String title,
      String plugin,
      String text,
      Instant sentAt,
      @Nullable Instant readAt) {}

  private final Store store;
  private final AccessControl access;
  private final Clock clock;

  public Inbox(Store store, AccessControl access, Clock clock) {
    this.store = store;
    this.access = access;
    this.clock = clock;
  }

  /**
   * Tells a person something.
   *
   * @param plugin the id of the plugin that does so
   * @throws IllegalArgumentException when the text has nothing that can be seen
   */
  public Outcome send(String plugin, UserId to, PageId page, String text) {
    String line = Names.cut(text, TEXT_LIMIT);
    if (line.isEmpty()) {
      throw new IllegalArgumentException("a notification without a text");
    }
    if (!access.access(page, to).allows(Access.VIEW)) {
      return Outcome.NOT_VISIBLE;
    }
    try {
      return store.write(session -> stored(session, plugin, to, page, line));
    } catch (ConstraintViolationException pageIsGone) {
      return Outcome.NOT_VISIBLE;
    }
  }

  private Outcome stored(Session session, String plugin, UserId to, PageId page, String line) {
    // One after the other for each person, so that they are counted on all nodes.
    if (session.find(AccountRow.class, to.value(), LockMode.PESSIMISTIC_WRITE) == null) {
      return Outcome.NOT_VISIBLE;
    }
    Instant now = clock.instant();
    if (sent(session, plugin, to, now.minus(Duration.ofHours(1))) >= PER_HOUR) {
      return Outcome.TOO_MANY;
    }
    session.persist(new NotificationRow(to, page, plugin, line, now));
    session.flush();
    dropOldest(session, to);
    return Outcome.SENT;
  }

  private static long sent(Session session, String plugin, UserId to, Instant since) {
    return session
        .createSelectionQuery(
            "select count(*) from Notification"
                + " where accountId = :to and plugin = :plugin and sentAt > :since",
            Long.class)
        .setParameter("to", to.value())
        .setParameter("plugin", plugin)
        .setParameter("since", since)
        .getSingleResult();
  }

  private static void dropOldest(Session session, UserId to) {
    session
        .createSelectionQuery(
            "select id from Notification where accountId = :to order by id desc", Long.class)
        .setParameter("to", to.value())
        .setFirstResult(KEPT)
        .setMaxResults(1)
        .uniqueResultOptional()
        .ifPresent(
            last ->
                session
                    .createMutationQuery(
                        "delete from Notification where accountId = :to and id <= :last")
                    .setParameter("to", to.value())
                    .setParameter("last", last)
                    .executeUpdate());
  }

  /** How many the person has not read. */
  public int unread(UserId person) {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "select count(*) from Notification"
                            + " where accountId = :person and readAt is null",
                        Long.class)
                    .setParameter("person", person.value())
                    .getSingleResult())
        .intValue();
  }

  /**
   * The newest of a person.
   *
   * @param before those with a lower id; {@link #NEWEST} for all
   */
  public List<Notification> of(UserId person, long before, int most) {
    List<Found> found =
        store.read(
            session ->
                session
                    .createSelectionQuery(
                        "select n.id, n.pageId, p.title, n.plugin, n.text, n.sentAt, n.readAt"
                            + " from Notification n join Page p on p.id = n.pageId"
                            + " where n.accountId = :person and n.id < :before"
                            + " order by n.id desc",
                        Found.class)
                    .setParameter("person", person.value())
                    .setParameter("before", before)
                    .setMaxResults(most)
                    .getResultList());
    Map<UUID, Boolean> visible = new HashMap<>();
    return found.stream()
        .map(
            one ->
                shown(
                    one,
                    visible.computeIfAbsent(one.page(), page -> mayView(person, new PageId(page)))))
        .toList();
  }

  private boolean mayView(UserId person, PageId page) {
    return access.access(page, person).allows(Access.VIEW);
  }

  private static Notification shown(Found found, boolean visible) {
    return new Notification(
        found.id(),
        found.plugin(),
        found.sentAt(),
        found.readAt() != null,
        visible
            ? Optional.of(
                new Notification.About(new PageId(found.page()), found.title(), found.text()))
            : Optional.empty());
  }

  /**
   * The person has read them.
   *
   * @param upTo the id of the last one that she was shown
   */
  public void read(UserId person, long upTo) {
    store.change(
        session ->
            session
                .createMutationQuery(
                    "update Notification set readAt = :now"
                        + " where accountId = :person and id <= :upTo and readAt is null")
                .setParameter("now", clock.instant())
                .setParameter("person", person.value())
                .setParameter("upTo", upTo)
                .executeUpdate());
  }

  /** Deletes what was read long ago; to be called now and then, by any node. */
  public void sweep() {
    store.change(
        session ->
            session
                .createMutationQuery("delete from Notification where readAt < :old")
                .setParameter("old", clock.instant().minus(KEPT_READ))
                .executeUpdate());
  }

  /** Deletes what a plugin has sent. */
  public void deleteOf(String plugin) {
    store.change(
        session ->
            session
                .createMutationQuery("delete from Notification where plugin = :plugin")
                .setParameter("plugin", plugin)
                .executeUpdate());
  }
}

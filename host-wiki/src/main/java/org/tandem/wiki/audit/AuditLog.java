package org.tandem.wiki.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.tandem.api.host.Audit.Outcome;
import org.tandem.api.host.Page;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Pages;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.store.Store;

/**
 * What was done, by plugins and by administrators. Entries are added, and deleted when they are
 * old. Threads and failure as for {@link Store}.
 */
public final class AuditLog {

  /** Longest detail, in Unicode characters. */
  static final int DETAIL_LIMIT = 1000;

  /** How many entries one plugin may add within a minute. */
  static final int PER_MINUTE = 600;

  /** Higher than any entry's id. */
  public static final long NEWEST = Long.MAX_VALUE;

  private static final Pattern ACT = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

  /** The sources by index, however many entries each has. */
  private static final String SOURCES =
      "with recursive found(source) as ("
          + "(select source from wiki.audit_entry order by source limit 1) union all"
          + " select (select e.source from wiki.audit_entry e where e.source > found.source"
          + " order by e.source limit 1) from found where found.source is not null)"
          + " select source from found where source is not null";

  private final Store store;
  private final Users users;
  private final Pages pages;
  private final Clock clock;
  private final Duration kept;

  /**
   * @param kept how long entries are
   */
  public AuditLog(Store store, Users users, Pages pages, Clock clock, Duration kept) {
    this.store = store;
    this.users = users;
    this.pages = pages;
    this.clock = clock;
    this.kept = kept;
  }

  /**
   * Adds what a plugin records.
   *
   * @throws IllegalArgumentException when the act is no word of the allowed characters
   */
  public Outcome record(
      String plugin, String act, Optional<UserId> user, Optional<PageId> page, String detail) {
    if (!ACT.matcher(act).matches()) {
      throw new IllegalArgumentException("no word for an act: " + act);
    }
    return store.write(
        session -> {
          Instant now = clock.instant();
          if (isTooMuch(session, plugin, now)) {
            return Outcome.TOO_MANY;
          }
          AuditRow row = new AuditRow(now, plugin, act, Names.cut(detail, DETAIL_LIMIT));
          row.by(user, user.flatMap(users::user).map(User::name).orElse(null));
          row.on(page, page.flatMap(pages::page).map(Page::title).orElse(null));
          session.persist(row);
          return Outcome.RECORDED;
        });
  }

  private static boolean isTooMuch(Session session, String plugin, Instant now) {
    return session
        .createSelectionQuery(
            "select recordedAt from AuditEntry where source = :source order by id desc",
            Instant.class)
        .setParameter("source", plugin)
        .setFirstResult(PER_MINUTE - 1)
        .setMaxResults(1)
        .uniqueResultOptional()
        .filter(now.minusSeconds(60)::isBefore)
        .isPresent();
  }

  /**
   * Adds what was done to the wiki itself, in the caller's transaction if there is one.
   *
   * @param by the name of who did it
   */
  public void ofTheWiki(String act, String by, String detail) {
    AuditRow row =
        new AuditRow(clock.instant(), AuditEntry.OF_THE_WIKI, act, Names.cut(detail, DETAIL_LIMIT));
    row.by(Optional.empty(), by);
    store.change(session -> session.persist(row));
  }

  /**
   * The newest entries.
   *
   * @param source empty for all
   * @param before those with a lower id; {@link #NEWEST} for all
   */
  public List<AuditEntry> entries(Optional<String> source, long before, int most) {
    return store.read(session -> found(session, source, before, most)).stream()
        .map(AuditRow::entry)
        .toList();
  }

  private static List<AuditRow> found(
      Session session, Optional<String> source, long before, int most) {
    String ofSource = source.isPresent() ? " and source = :source" : "";
    SelectionQuery<AuditRow> query =
        session
            .createSelectionQuery(
                "from AuditEntry where id < :before" + ofSource + " order by id desc",
                AuditRow.class)
            .setParameter("before", before)
            .setMaxResults(most);
    source.ifPresent(one -> query.setParameter("source", one));
    return query.getResultList();
  }

  /** Where entries are from, sorted. */
  public List<String> sources() {
    return store.read(session -> session.createNativeQuery(SOURCES, String.class).getResultList());
  }

  /** Deletes what is old; to be called now and then, by any node. */
  public void sweep() {
    store.change(
        session ->
            session
                .createMutationQuery("delete from AuditEntry where recordedAt < :old")
                .setParameter("old", clock.instant().minus(kept))
                .executeUpdate());
  }
}

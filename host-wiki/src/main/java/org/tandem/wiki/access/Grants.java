package org.tandem.wiki.access;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.tandem.api.host.UserId;
import org.tandem.wiki.store.Announcement;
import org.tandem.wiki.store.Announcements;
import org.tandem.wiki.store.Store;

/**
 * The grants on pages and spaces, as administrators of these set them. Whoever calls has asked for
 * the rights. Threads and failure as for {@link Store}.
 */
public final class Grants {

  private final Store store;
  private final Announcements announcements;

  public Grants(Store store, Announcements announcements) {
    this.store = store;
    this.announcements = announcements;
  }

  /** What stands on the page or space itself, everyone first. */
  public List<Grant> of(Scope scope) {
    return store.read(session -> rows(session, scope)).stream()
        .sorted(
            Comparator.comparing((Grant grant) -> grant.subject().kind())
                .thenComparing(grant -> grant.subject().id()))
        .toList();
  }

  /** Sets what the subject may do; an earlier grant of the same subject is replaced. */
  public void put(Scope scope, Grant grant) {
    store.change(
        session -> {
          if (scope instanceof Scope.OfPage of) {
            session.merge(new PageGrantRow(of.page().value(), grant));
          } else if (scope instanceof Scope.OfSpace of) {
            session.merge(new SpaceGrantRow(of.space(), grant));
          }
          announce(session, scope, grant.subject());
        });
  }

  /** Takes the subject's grant away; false when there was none. */
  public boolean remove(Scope scope, Subject subject) {
    return store.write(
        session -> {
          boolean removed = removed(session, scope, subject) > 0;
          if (removed) {
            announce(session, scope, subject);
          }
          return removed;
        });
  }

  private static int removed(Session session, Scope scope, Subject subject) {
    boolean ofPage = scope instanceof Scope.OfPage;
    return session
        .createMutationQuery(
            ofPage
                ? "delete from PageGrant where pageId = :id and kind = :kind and subject = :subject"
                : "delete from SpaceGrant where spaceId = :id and kind = :kind"
                    + " and subject = :subject")
        .setParameter("id", id(scope))
        .setParameter("kind", subject.kind())
        .setParameter("subject", subject.id())
        .executeUpdate();
  }

  private void announce(Session session, Scope scope, Subject subject) {
    Optional<UserId> user =
        subject instanceof Subject.Person person ? Optional.of(person.user()) : Optional.empty();
    announcements.announce(session, new Announcement.AccessChanged(scope.pageOnly(), user));
  }

  private static List<Grant> rows(Session session, Scope scope) {
    return scope instanceof Scope.OfPage
        ? session
            .createSelectionQuery("from PageGrant where pageId = :id", PageGrantRow.class)
            .setParameter("id", id(scope))
            .getResultList()
            .stream()
            .map(PageGrantRow::grant)
            .toList()
        : session
            .createSelectionQuery("from SpaceGrant where spaceId = :id", SpaceGrantRow.class)
            .setParameter("id", id(scope))
            .getResultList()
            .stream()
            .map(SpaceGrantRow::grant)
            .toList();
  }

  private static Object id(Scope scope) {
    return scope instanceof Scope.OfPage of ? of.page().value() : ((Scope.OfSpace) scope).space();
  }
}

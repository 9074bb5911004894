package org.tandem.wiki.handbook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.tandem.api.document.markdown.Markdown;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.wiki.access.Grant;
import org.tandem.wiki.access.Grants;
import org.tandem.wiki.access.Scope;
import org.tandem.wiki.access.Subject;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.page.NewPage;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.page.TreeOutcome;
import org.tandem.wiki.space.Space;
import org.tandem.wiki.space.SpaceOutcome;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.store.Store;
import org.tandem.wiki.user.Accounts;

/**
 * What a newcomer finds in a demo: the accounts admin, editor1, editor2, commenter and viewer, the
 * space {@code handbook} with the handbook and the space {@code team} to write in.
 */
public final class Demo {

  private static final long LOCK = 0x7461_6e64_656d_0002L;
  private static final String TEAM_PAGE =
      """
      A page to try things on. Open it in two browsers, as editor1 and as editor2, and write in both.

      - [ ] Write something
      - [ ] Watch it appear in the other browser
      """;

  private final Store store;
  private final Accounts accounts;
  private final Spaces spaces;
  private final Grants grants;
  private final PageTree tree;
  private final Contents contents;

  public Demo(
      Store store,
      Accounts accounts,
      Spaces spaces,
      Grants grants,
      PageTree tree,
      Contents contents) {
    this.store = store;
    this.accounts = accounts;
    this.spaces = spaces;
    this.grants = grants;
    this.tree = tree;
    this.contents = contents;
  }

  /**
   * Makes all of it in one transaction, in a wiki without accounts; does nothing in any other. Of
   * several nodes that start at once one does it.
   *
   * @param passwordHash of the one password of all accounts
   * @return whether it was made now
   */
  public boolean create(String passwordHash) {
    return store.write(
        session -> {
          lock(session);
          boolean fresh = !accounts.any();
          if (fresh) {
            fill(passwordHash);
          }
          return fresh;
        });
  }

  private void fill(String passwordHash) {
    UserId admin = accounts.create("admin", passwordHash, true);
    UserId editor1 = accounts.create("editor1", passwordHash, false);
    UserId editor2 = accounts.create("editor2", passwordHash, false);
    UserId commenter = accounts.create("commenter", passwordHash, false);
    UserId viewer = accounts.create("viewer", passwordHash, false);

    Space handbook = space("handbook", "Handbook");
    grant(handbook, Subject.EVERYONE, Access.VIEW);
    Space team = space("team", "Team");
    for (Space space : List.of(handbook, team)) {
      grant(space, new Subject.Person(editor1), Access.EDIT);
      grant(space, new Subject.Person(editor2), Access.EDIT);
      grant(space, new Subject.Person(commenter), Access.COMMENT);
      grant(space, new Subject.Person(viewer), Access.VIEW);
    }
    fillHandbook(handbook, admin);
    write(page(team, Optional.empty(), "Meeting notes", admin), TEAM_PAGE, admin);
  }

  /** All pages first, so that the contents can link to any of them. */
  private void fillHandbook(Space space, UserId author) {
    List<Handbook.Leaf> leaves = Handbook.leaves();
    Map<String, PageId> pages = new HashMap<>();
    List<PageId> path = new ArrayList<>();
    for (Handbook.Leaf leaf : leaves) {
      path.subList(leaf.depth(), path.size()).clear();
      Optional<PageId> parent =
          path.isEmpty() ? Optional.empty() : Optional.of(path.get(path.size() - 1));
      PageId page = page(space, parent, leaf.title(), author);
      path.add(page);
      pages.put(leaf.file(), page);
    }
    leaves.forEach(leaf -> write(pages.get(leaf.file()), leaf.markdown(pages), author));
  }

  private PageId page(Space space, Optional<PageId> parent, String title, UserId author) {
    TreeOutcome outcome =
        tree.create(new NewPage(space.id(), parent, title, author, Optional.empty()));
    if (outcome instanceof TreeOutcome.Done done) {
      return done.page().id();
    }
    throw new IllegalStateException("The page " + title + " cannot be made: " + outcome);
  }

  private void write(PageId page, String markdown, UserId author) {
    SaveOutcome outcome = contents.save(page, author, 0, Markdown.read(markdown));
    if (!(outcome instanceof SaveOutcome.Saved)) {
      throw new IllegalStateException("A page of the demo cannot be written: " + outcome);
    }
  }

  private Space space(String key, String name) {
    SpaceOutcome outcome = spaces.create(key, name);
    if (outcome instanceof SpaceOutcome.Created created) {
      return created.space();
    }
    throw new IllegalStateException("The space " + key + ": " + outcome);
  }

  private void grant(Space space, Subject subject, Access access) {
    grants.put(new Scope.OfSpace(space.id()), new Grant(subject, access));
  }

  private static void lock(Session session) {
    session.doWork(Demo::waitForOthers);
  }

  private static void waitForOthers(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
  }
}

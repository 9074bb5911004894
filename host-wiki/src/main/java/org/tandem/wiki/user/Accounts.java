package org.tandem.wiki.user;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;
import org.tandem.wiki.store.Store;

/** The accounts of the wiki. Threads and failure as for {@link Store}. */
public final class Accounts implements Users {

  private static final int MOST_NAMED = 50;

  private final Store store;
  private final Clock clock;

  public Accounts(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Optional<User> user(UserId user) {
    return store
        .read(session -> Optional.ofNullable(session.find(AccountRow.class, user.value())))
        .map(AccountRow::user);
  }

  /** Those of the users that exist, by id. */
  public Map<UserId, User> users(Collection<UserId> users) {
    if (users.isEmpty()) {
      return Map.of();
    }
    List<UUID> ids = users.stream().map(UserId::value).distinct().toList();
    Map<UserId, User> found = new HashMap<>();
    store
        .read(
            session ->
                session
                    .createSelectionQuery("from Account where id in :ids", AccountRow.class)
                    .setParameterList("ids", ids)
                    .getResultList())
        .forEach(row -> found.put(row.user().id(), row.user()));
    return found;
  }

  /** By the name that a person signs in with; letter case does not matter. */
  public Optional<User> named(String name) {
    return row(name).map(AccountRow::user);
  }

  @Override
  public List<User> named(String beginning, int most) {
    return begun(beginning, "", most);
  }

  @Override
  public List<User> named(String beginning, User after, int most) {
    return begun(beginning, after.name(), most);
  }

  private List<User> begun(String beginning, String after, int most) {
    if ((beginning + after).indexOf('\0') >= 0 || most < 1) {
      return List.of();
    }
    // Escaped when it is normalised: that makes a plain % of some other characters.
    String plain = AccountRow.signInName(beginning).replaceAll("[!%_]", "!$0");
    return store
        .read(
            session ->
                session
                    .createSelectionQuery(
                        "from Account where signInName like :begun escape '!'"
                            + " and signInName > :after order by signInName",
                        AccountRow.class)
                    .setParameter("begun", plain + "%")
                    .setParameter("after", AccountRow.signInName(after))
                    .setMaxResults(Math.min(most, MOST_NAMED))
                    .getResultList())
        .stream()
        .map(AccountRow::user)
        .toList();
  }

  public Optional<Credentials> credentials(String name) {
    return row(name).map(AccountRow::credentials);
  }

  /** Everybody, by name. */
  public List<User> all() {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery("from Account order by signInName", AccountRow.class)
                    .getResultList())
        .stream()
        .map(AccountRow::user)
        .toList();
  }

  /** Whether there is an account at all: a new wiki has none. */
  public boolean any() {
    return store.read(
        session ->
            session
                    .createSelectionQuery("select count(*) from Account", Long.class)
                    .getSingleResult()
                > 0);
  }

  /**
   * Makes an account; the name must be free.
   *
   * @param name 1 to 80 characters
   */
  public UserId create(String name, String passwordHash, boolean admin) {
    UserId id = UserId.random();
    User user = new User(id, name, CaretColors.of(id), admin);
    store.change(session -> session.persist(new AccountRow(user, passwordHash, clock.instant())));
    return id;
  }

  public void password(UserId user, String hash) {
    store.change(session -> session.getReference(AccountRow.class, user.value()).password(hash));
  }

  private Optional<AccountRow> row(String name) {
    if (name.indexOf('\0') >= 0) {
      return Optional.empty(); // PostgreSQL takes no such text
    }
    return store.read(
        session ->
            session
                .createSelectionQuery("from Account where signInName = :name", AccountRow.class)
                .setParameter("name", AccountRow.signInName(name))
                .uniqueResultOptional());
  }
}

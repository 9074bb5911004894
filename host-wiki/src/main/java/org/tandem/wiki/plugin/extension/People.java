package org.tandem.wiki.plugin.extension;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.AccessControl;
import org.tandem.api.host.Pages;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.api.host.Users;

/**
 * Who makes a change and what she may do, for checks. People are kept for a minute, so that a
 * keystroke does not ask the database. Threads: safe for use by any thread.
 */
final class People {

  private static final int KNOWN = 10_000;
  private static final Duration KEPT = Duration.ofMinutes(1);

  /**
   * @param access at least {@link Access#EDIT}
   */
  record Author(User user, Access access) {}

  private final Users users;
  private final Pages pages;
  private final AccessControl access;
  private final Cache<UserId, User> known =
      Caffeine.newBuilder().maximumSize(KNOWN).expireAfterWrite(KEPT).build();

  People(Users users, Pages pages, AccessControl access) {
    this.users = users;
    this.pages = pages;
    this.access = access;
  }

  /**
   * @return empty when there is no such user any more
   * @throws java.io.UncheckedIOException when the database does not answer
   */
  Optional<Author> author(ProposedChange change) {
    UserId id = change.author();
    User user = known.get(id, asked -> users.user(asked).orElse(null));
    if (user == null) {
      return Optional.empty();
    }
    if (change.head() == 0
        && change.manner() == ProposedChange.Manner.SAVED
        && pages.page(change.page()).isEmpty()) {
      // It is just being made; the answer about its rights would be remembered.
      return Optional.of(new Author(user, Access.EDIT));
    }
    Access now = access.access(change.page(), id);
    // Asked before the change came here, and taken away since.
    return Optional.of(new Author(user, now.allows(Access.EDIT) ? now : Access.EDIT));
  }
}

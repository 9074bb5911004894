package org.tandem.wiki.view.browse;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;
import org.tandem.wiki.content.Version;
import org.tandem.wiki.user.Accounts;
import org.tandem.wiki.view.frame.Moment;

/** Gives versions the names of their authors. */
public final class Editions {

  private final Accounts accounts;

  public Editions(Accounts accounts) {
    this.accounts = accounts;
  }

  List<Edition> of(List<Version> versions) {
    Set<UserId> ids =
        versions.stream()
            .flatMap(version -> version.authors().stream())
            .collect(Collectors.toSet());
    Map<UserId, User> users = accounts.users(ids);
    return versions.stream().map(version -> edition(version, users)).toList();
  }

  private static Edition edition(Version version, Map<UserId, User> users) {
    List<String> names =
        version.authors().stream()
            .filter(users::containsKey)
            .map(author -> users.get(author).name())
            .toList();
    return new Edition(version.rev(), names, Moment.of(version.savedAt()));
  }
}

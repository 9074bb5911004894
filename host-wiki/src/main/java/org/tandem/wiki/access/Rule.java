package org.tandem.wiki.access;

import java.util.List;
import java.util.Optional;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

/**
 * The rule of rights. For each subject that a person belongs to (herself, everyone) the page's own
 * grant counts, and the space's where the page has none for that subject; of these the highest
 * holds. So a page's own grant may also take away what its space gives. Administrators of the wiki
 * administer everything.
 */
final class Rule {

  private Rule() {}

  static Access onPage(User user, List<Grant> ofPage, List<Grant> ofSpace) {
    return onPage(user.id(), user.admin(), ofPage, ofSpace);
  }

  static Access onPage(UserId user, boolean admin, List<Grant> ofPage, List<Grant> ofSpace) {
    if (admin) {
      return Access.ADMIN;
    }
    Access own = effective(new Subject.Person(user), ofPage, ofSpace);
    Access shared = effective(Subject.EVERYONE, ofPage, ofSpace);
    return own.allows(shared) ? own : shared;
  }

  static Access onSpace(User user, List<Grant> ofSpace) {
    return onPage(user, List.of(), ofSpace);
  }

  private static Access effective(Subject subject, List<Grant> ofPage, List<Grant> ofSpace) {
    return level(subject, ofPage).or(() -> level(subject, ofSpace)).orElse(Access.NONE);
  }

  private static Optional<Access> level(Subject subject, List<Grant> grants) {
    return grants.stream()
        .filter(grant -> grant.subject().equals(subject))
        .map(Grant::access)
        .findFirst();
  }
}

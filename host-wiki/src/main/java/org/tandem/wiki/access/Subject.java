package org.tandem.wiki.access;

import java.util.Locale;
import java.util.Optional;
import org.tandem.api.host.UserId;

/** Whom a grant is for. */
public sealed interface Subject {

  record Person(UserId user) implements Subject {}

  /** Everyone who is signed in. */
  record Everyone() implements Subject {}

  Subject EVERYONE = new Everyone();

  /** The protocol's word for the kind. */
  default String kind() {
    return this instanceof Person ? "user" : "everyone";
  }

  /** The protocol's id within the kind. */
  default String id() {
    return this instanceof Person person ? person.user().toString() : "-";
  }

  /** Reads kind and id; empty for kinds that this wiki does not know and ids that are none. */
  static Optional<Subject> of(String kind, String id) {
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "user" -> UserId.parse(id).map(Person::new);
      case "everyone" -> id.equals("-") ? Optional.of(EVERYONE) : Optional.empty();
      default -> Optional.empty();
    };
  }
}

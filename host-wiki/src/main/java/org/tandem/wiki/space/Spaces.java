package org.tandem.wiki.space;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;
import org.tandem.wiki.store.Names;
import org.tandem.wiki.store.Store;

/** The spaces of the wiki. Threads and failure as for {@link Store}. */
public final class Spaces {

  private final Store store;
  private final Clock clock;

  public Spaces(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** All spaces by name, whoever may see them. */
  public List<Space> all() {
    return store
        .read(
            session ->
                session
                    .createSelectionQuery("from Space order by lower(name), key", SpaceRow.class)
                    .getResultList())
        .stream()
        .map(SpaceRow::space)
        .toList();
  }

  public Optional<Space> space(UUID id) {
    return store
        .read(session -> Optional.ofNullable(session.find(SpaceRow.class, id)))
        .map(SpaceRow::space);
  }

  public Optional<Space> keyed(String key) {
    if (!Space.isKey(key)) {
      return Optional.empty();
    }
    return store
        .read(
            session ->
                session
                    .createSelectionQuery("from Space where key = :key", SpaceRow.class)
                    .setParameter("key", key)
                    .uniqueResultOptional())
        .map(SpaceRow::space);
  }

  public SpaceOutcome create(String key, String name) {
    if (!Space.isKey(key)) {
      return new SpaceOutcome.Refused(
          "The key of a space has 1 to 40 lower-case letters, digits and hyphens and begins with"
              + " a letter or digit: choose another key.");
    }
    Optional<String> clean = Names.clean(name, 80);
    if (clean.isEmpty()) {
      return new SpaceOutcome.Refused("Give the space a name of 1 to 80 characters.");
    }
    if (keyed(key).isPresent()) {
      return taken(key);
    }
    Space space = new Space(UUID.randomUUID(), key, clean.get());
    try {
      store.change(session -> session.persist(new SpaceRow(space, clock.instant())));
      return new SpaceOutcome.Created(space);
    } catch (ConstraintViolationException somebodyWasFaster) {
      return taken(key);
    }
  }

  private static SpaceOutcome taken(String key) {
    return new SpaceOutcome.Refused(
        "There is a space with the key " + key + " already: choose another key.");
  }
}

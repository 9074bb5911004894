package org.tandem.collab.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentHash;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.editor.SaveOutcome;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.page.Submission;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.runtime.Node;

/**
 * A person who saves a page in one piece, and the host that passes it on: as the plugin's authority
 * does it, in steps instead of waiting, again and again until there is an answer; or past all
 * nodes, where the plugin is off.
 *
 * <p>Its words are one letter each: a diff may tear a longer one, when another begins like it.
 */
final class Saver {

  private static final int LETTERS = 0x4E00;
  private static final int EACH = 500;
  private static final int ANSWERS_WITHIN = 8_000;
  private static final int THINKS = 5_000;

  /** One save, from the page as it was read to its answer. */
  private record Save(long base, Delta read, Delta document, String word) {}

  private final Simulation world;
  private final Scheduler scheduler;
  private final Scheduler.Actor person;
  final PageId page;
  private final UserId author;
  private final boolean anotherEachTime;
  private int letter;
  private final Set<String> written = new HashSet<>();
  private final Set<String> unsure = new HashSet<>();
  private @Nullable Save save;
  private int attempt;

  /**
   * @param anotherEachTime whether a repetition does not say that it is one, which is wrong
   */
  Saver(Simulation world, int number, PageId page, boolean anotherEachTime) {
    this.world = world;
    this.scheduler = world.scheduler;
    this.person = scheduler.actor("saver" + number);
    this.page = page;
    this.author = new UserId(world.uuid());
    this.anotherEachTime = anotherEachTime;
    this.letter = LETTERS + EACH * number;
  }

  // --- through a node ---------------------------------------------------------------------------

  /** Reads the page, writes a word and saves. */
  void save() {
    if (save != null || world.wiki().isDeleted(page)) {
      return;
    }
    Node node = world.anyNode().node();
    node.current(page)
        .thenAccept(
            read ->
                read.ifPresent(
                    at ->
                        person.in(
                            scheduler.between(1, THINKS), () -> begin(at.rev(), at.document()))));
  }

  private void begin(long base, Delta read) {
    if (save == null) {
      String word = word();
      save = new Save(base, read, read.compose(insert(read, word)), word);
      trySave();
    }
  }

  private void trySave() {
    Save now = save;
    if (now == null) {
      return;
    }
    int mine = ++attempt;
    SimulatedNode node = world.anyNode();
    scheduler.note(person, "saves " + now.word + " on " + now.base + " at " + node);
    node.process().in(scheduler.between(1, 20), () -> enter(node.node(), now, mine));
    person.in(
        scheduler.between(100, ANSWERS_WITHIN),
        () -> answered(mine, new SaveOutcome.Unavailable()));
  }

  private void enter(Node node, Save now, int mine) {
    node.current(page)
        .whenComplete(
            (head, fault) -> {
              if (fault != null) {
                tell(mine, new SaveOutcome.Unavailable());
              } else if (head.isEmpty()) {
                tell(mine, new SaveOutcome.Forbidden());
              } else if (now.base < world.database().beginning(page)) {
                tell(mine, new SaveOutcome.Stale(head.get().rev()));
              } else {
                node.save(page, submission(now)).thenAccept(outcome -> tell(mine, outcome));
              }
            });
  }

  private Submission submission(Save now) {
    Delta change = now.read.diff(now.document);
    return new Submission(client(now), 1, author, now.base, List.of(change), Manner.SAVED);
  }

  private ClientId client(Save now) {
    if (anotherEachTime) {
      return new ClientId(world.uuid());
    }
    String same = page + " " + author + " " + now.base + " " + DocumentHash.of(now.document);
    return new ClientId(UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8)));
  }

  private void tell(int mine, SaveOutcome outcome) {
    person.in(scheduler.between(1, 20), () -> answered(mine, outcome));
  }

  private void answered(int mine, SaveOutcome outcome) {
    Save now = save;
    if (now == null || mine != attempt) {
      return;
    }
    scheduler.note(person, now.word + " is " + outcome);
    if (outcome instanceof SaveOutcome.Saved saved) {
      world.invariants.saved(page, client(now), saved.rev(), anotherEachTime);
      written.add(now.word);
      save = null;
    } else if (outcome instanceof SaveOutcome.Unavailable) {
      attempt++;
      person.in(scheduler.between(500, 3_000), this::trySave);
    } else if (outcome instanceof SaveOutcome.Stale
        && now.base < world.database().beginning(page)) {
      // An attempt before may be in its place.
      unsure.add(now.word);
      save = null;
    } else if (world.wiki().isDeleted(page)
        && (outcome instanceof SaveOutcome.Forbidden || outcome instanceof SaveOutcome.Stale)) {
      // Stale: a node that has it open still looks for the past, which went with the page.
      save = null;
    } else {
      throw new AssertionError(person + " was told " + outcome);
    }
  }

  // --- past all nodes ---------------------------------------------------------------------------

  /** Saves where the plugin is off, and one or two more at once. */
  void saveAlone() {
    for (int i = scheduler.between(1, 3); i > 0 && !world.wiki().isDeleted(page); i--) {
      PageContent content = world.wiki().content(page).orElseThrow();
      String word = word();
      scheduler.note(person, "saves " + word + " alone, on " + content.rev());
      world.wiki().saveAlone(page, author, insert(content.document(), word));
      written.add(word);
    }
  }

  private String word() {
    return Character.toString(letter++);
  }

  private Delta insert(Delta document, String word) {
    int at = world.oneOf(Writer.starts(Writer.text(document)));
    return Delta.builder().retain(at).insert(word + " ").build();
  }

  boolean settled() {
    return save == null;
  }

  Set<String> written() {
    return written;
  }

  Set<String> unsure() {
    return unsure;
  }

  @Override
  public String toString() {
    return person + " " + save;
  }
}

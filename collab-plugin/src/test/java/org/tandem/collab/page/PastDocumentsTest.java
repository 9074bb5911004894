package org.tandem.collab.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.DocumentCheck;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.format.Formats;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.ClientId;

/**
 * A client's check is about a document of a moment ago: few are kept, and the others made again.
 */
class PastDocumentsTest {

  /** As many revisions back as the server promises itself to answer without the log. */
  private static final int NEWEST = 64;

  private static final long FIRST = 1_000;
  private static final Delta EMPTY_PAGE = Delta.builder().insert("\n").build();

  private final ClientId client = new ClientId(UUID.randomUUID());
  private final UserId user = new UserId(UUID.randomUUID());
  private final Random random = new Random(7);
  private final List<Delta> documents = new ArrayList<>(List.of(EMPTY_PAGE));
  private final PageState state =
      new PageState(
          new DocumentCheck(Formats.builtIn()), FIRST, EMPTY_PAGE, Optional.empty(), List.of());

  private void write(int revisions) {
    LiveDocument document = state.document();
    for (int i = 0; i < revisions; i++) {
      int at = random.nextInt(documents.size());
      Delta change = Delta.builder().retain(at).insert("x" + i).build();
      document = document.apply(change);
      documents.add(document.toDelta());
      long rev = state.rev() + 1;
      state.apply(new Revision(rev, client, rev, user, change, new Stamp(rev << 16, "node")));
    }
  }

  private Optional<Delta> at(long rev) {
    return state.documentAt(rev).map(LiveDocument::toDelta);
  }

  @Test
  void theNewestAreAtHand() {
    for (int round = 0; round < 150; round++) {
      write(1);
      for (long rev = Math.max(FIRST, state.rev() - NEWEST); rev <= state.rev(); rev++) {
        assertEquals(Optional.of(documents.get((int) (rev - FIRST))), at(rev), "revision " + rev);
      }
    }
  }

  @Test
  void noneIsMadeUp() {
    write(300);
    assertEquals(Optional.empty(), at(state.rev() + 1));
    assertEquals(Optional.empty(), at(FIRST - 1));
    assertEquals(Optional.empty(), at(FIRST + 10));
  }

  @Test
  void whatCannotBeMadeAgainIsNotAtHand() {
    write(100);
    state.forgetBut(10);
    for (long rev = state.reach(); rev <= state.rev(); rev++) {
      Optional<Delta> found = at(rev);
      if (found.isPresent()) {
        assertEquals(Optional.of(documents.get((int) (rev - FIRST))), found, "revision " + rev);
      }
    }
    assertEquals(Optional.empty(), at(state.reach() - 1));
    assertEquals(Optional.of(documents.get(100)), at(state.rev()));
  }
}

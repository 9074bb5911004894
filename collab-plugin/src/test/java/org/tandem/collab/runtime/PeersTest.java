package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Delta;
import org.tandem.collab.protocol.Selection;

class PeersTest {

  private static Selection moved(Selection selection, int at, String text) {
    return Peers.moved(selection, 2, Delta.builder().retain(at).insert(text).build());
  }

  /** Who joined later once saw the caret of somebody who typed where the typing began. */
  @Test
  void aCaretGoesAlongWithWhatIsTypedAtIt() {
    assertEquals(new Selection(2, 3, 0), moved(new Selection(1, 0, 0), 0, "abc"));
    assertEquals(new Selection(2, 5, 0), moved(new Selection(1, 5, 0), 6, "abc"));
  }

  /** Numbers of a revision that this node could not look at, so as big as they come. */
  @Test
  void aSelectionBeyondAllNumbersEndsWithThem() {
    int most = Integer.MAX_VALUE;
    Selection moved = moved(new Selection(1, 5, most), 0, "abc");
    assertEquals(new Selection(2, 8, most - 8), moved);
    assertEquals(new Selection(2, most, 0), moved(new Selection(1, most, most), 0, "abc"));
  }

  @Test
  void textAtTheEndsOfASelectionStaysOutside() {
    assertEquals(new Selection(2, 5, 3), moved(new Selection(1, 2, 3), 2, "abc"));
    assertEquals(new Selection(2, 2, 3), moved(new Selection(1, 2, 3), 5, "abc"));
    assertEquals(new Selection(2, 2, 6), moved(new Selection(1, 2, 3), 3, "abc"));
  }
}

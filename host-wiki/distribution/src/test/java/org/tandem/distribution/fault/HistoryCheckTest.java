package org.tandem.distribution.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A judge that never finds anything would prove nothing. */
class HistoryCheckTest {

  private final History one = new History("one");
  private final History two = new History("two");

  @BeforeEach
  void bothBegin() {
    one.begins(0);
    two.begins(0);
    one.sent(1, List.of("a1"));
    one.sent(2, List.of("a2", "a3"));
    two.sent(1, List.of("b1"));
    one.acknowledged("one", 1, 1, "0-x");
    two.saw(1, "one", 1);
    one.acknowledged("one", 2, 2, "0-x");
    two.saw(2, "one", 2);
  }

  private void assertFound(String text, String... breaches) {
    assertEquals(List.of(breaches), HistoryCheck.breaches(List.of(one, two), text));
  }

  @Test
  void nothingIsWrong() {
    assertFound("a1 a2 a3 \n");
  }

  @Test
  void anUnansweredChangeMayHaveArrived() {
    assertFound("a1 a2 b1 a3 \n");
  }

  @Test
  void anAcknowledgedWordIsLost() {
    assertFound("a1 a3 \n", "acknowledged and lost: a2");
  }

  @Test
  void aWordIsThereTwice() {
    assertFound("a1 b1 a2 a3 b1 \n", "twice in the page: b1");
  }

  @Test
  void wordsHaveChangedTheirOrder() {
    assertFound("a1 a3 a2 \n", "before an earlier word of its client: a3");
  }

  @Test
  void aWordIsTorn() {
    assertFound(
        "a1 a2 a3 b 1 \n",
        "in the page, and nobody typed it: 1",
        "in the page, and nobody typed it: b");
  }

  @Test
  void aRevisionIsLeftOut() {
    one.saw(4, "two", 1);
    assertFound("a1 a2 a3 b1 \n", "one saw 4 instead of 3");
  }

  @Test
  void twoSawDifferentChangesAsOneRevision() {
    one.saw(3, "somebody", 1);
    two.acknowledged("two", 1, 3, "0-x");
    assertFound(
        "a1 a2 a3 b1 \n",
        "revision 3 is Author[client=somebody, seq=1] and Author[client=two, seq=1]");
  }

  @Test
  void aChangeBecameTwoRevisions() {
    one.saw(3, "two", 1);
    one.saw(4, "two", 1);
    assertFound("a1 a2 a3 b1 \n", "two revisions are Author[client=two, seq=1], one is 4");
  }

  @Test
  void aChangeIsAcknowledgedAsAnotherRevision() {
    one.acknowledgedAgain(2, 5);
    assertFound(
        "a1 a2 a3 \n",
        "one: change 2 acknowledged as 5, and before: " + one.acknowledged().get(2L));
  }
}

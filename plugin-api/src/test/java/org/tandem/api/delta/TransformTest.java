package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tandem.api.delta.Ops.BOLD;
import static org.tandem.api.delta.Ops.BOLD_RED;
import static org.tandem.api.delta.Ops.RED;
import static org.tandem.api.delta.Ops.change;
import static org.tandem.api.delta.Ops.delete;
import static org.tandem.api.delta.Ops.insert;
import static org.tandem.api.delta.Ops.retain;
import static org.tandem.api.delta.Ops.set;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The case table of {@link Delta#transform}: what is done, and what was written beside it. */
class TransformTest {

  @Nested
  class InsertBeside {

    @Test
    void insertStandsToTheRightOfWhatCameFirst() {
      assertEquals(
          change().retain(1).insert("B").build(), insert("A").transform(insert("B"), true));
    }

    @Test
    void insertStandsToTheLeftOfWhatCameLater() {
      assertEquals(insert("B"), insert("A").transform(insert("B"), false));
    }

    @Test
    void retainSkipsIt() {
      Delta skipped = change().retain(1).retain(1, BOLD).build();
      assertEquals(skipped, insert("A").transform(retain(1, BOLD), true));
      assertEquals(skipped, insert("A").transform(retain(1, BOLD), false));
    }

    @Test
    void deleteSkipsIt() {
      assertEquals(change().retain(1).delete(1).build(), insert("A").transform(delete(1), true));
    }

    @Test
    void deleteAroundItLeavesIt() {
      Delta done = change().retain(2).insert("A").build();
      assertEquals(change().delete(2).retain(1).delete(3).build(), done.transform(delete(5), true));
    }

    @Test
    void insertAtAnotherPlaceMoves() {
      assertEquals(
          change().retain(3).insert("B").build(),
          insert("A").transform(change().retain(2).insert("B").build(), false));
    }
  }

  @Nested
  class RetainBeside {

    @Test
    void insertIsAsItWas() {
      assertEquals(insert("B"), retain(1, BOLD).transform(insert("B"), true));
    }

    @Test
    void theValueThatCameFirstStays() {
      Delta later = retain(1, set("bold", true, "color", "blue"));
      assertEquals(retain(1, BOLD), retain(1, RED).transform(later, true));
      assertEquals(later, retain(1, RED).transform(later, false));
    }

    @Test
    void aRemovalIsAValueToo() {
      assertEquals(Delta.EMPTY, retain(1, set("bold", null)).transform(retain(1, BOLD), true));
    }

    @Test
    void otherFormatsGoTogether() {
      assertEquals(retain(1, BOLD), retain(1, RED).transform(retain(1, BOLD), true));
    }

    @Test
    void nothingIsLeftOfTheSame() {
      assertEquals(Delta.EMPTY, retain(1, BOLD_RED).transform(retain(1, BOLD), true));
    }

    @Test
    void deleteIsAsItWas() {
      assertEquals(delete(1), retain(1, BOLD).transform(delete(1), true));
    }
  }

  @Nested
  class DeleteBeside {

    @Test
    void insertIsAsItWas() {
      assertEquals(insert("B"), delete(1).transform(insert("B"), true));
    }

    @Test
    void insertInTheMidstStandsWhereThatWas() {
      assertEquals(insert("B"), delete(5).transform(change().retain(2).insert("B").build(), true));
    }

    @Test
    void retainOfWhatIsGoneIsNothing() {
      assertEquals(Delta.EMPTY, delete(1).transform(retain(1, BOLD), true));
    }

    @Test
    void retainOfMoreFormatsTheRest() {
      assertEquals(retain(2, BOLD), delete(1).transform(retain(3, BOLD), true));
    }

    @Test
    void deleteOfTheSameIsNothing() {
      assertEquals(Delta.EMPTY, delete(1).transform(delete(1), true));
    }

    @Test
    void deletesThatOverlap() {
      Delta done = change().retain(2).delete(1).build();
      assertEquals(delete(2), done.transform(delete(3), false));
    }
  }

  @Test
  void alternatingEdits() {
    Delta first = change().retain(2).insert("si").delete(5).build();
    Delta second = change().retain(1).insert("e").delete(5).retain(1).insert("ow").build();
    assertEquals(
        change().retain(1).insert("e").delete(1).retain(2).insert("ow").build(),
        first.transform(second, false));
    assertEquals(change().retain(2).insert("si").delete(1).build(), second.transform(first, false));
  }
}

package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tandem.api.delta.Ops.BOLD;
import static org.tandem.api.delta.Ops.change;
import static org.tandem.api.delta.Ops.delete;
import static org.tandem.api.delta.Ops.insert;
import static org.tandem.api.delta.Ops.retain;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The case table of {@link Delta#transformPosition}. */
class TransformPositionTest {

  @Nested
  class Insert {

    @Test
    void beforeMovesIt() {
      assertEquals(6, insert("A").transformPosition(5, false));
      assertEquals(6, insert("A").transformPosition(5, true));
    }

    @Test
    void atItMovesItUnlessItHasPriority() {
      Delta change = change().retain(5).insert("AB").build();
      assertEquals(7, change.transformPosition(5, false));
      assertEquals(5, change.transformPosition(5, true));
    }

    @Test
    void afterLeavesIt() {
      assertEquals(4, change().retain(5).insert("A").build().transformPosition(4, false));
    }
  }

  @Nested
  class Delete {

    @Test
    void beforeMovesIt() {
      assertEquals(3, delete(2).transformPosition(5, false));
    }

    @Test
    void aroundMovesItToTheStart() {
      assertEquals(1, change().retain(1).delete(6).build().transformPosition(4, false));
    }

    @Test
    void afterLeavesIt() {
      assertEquals(4, change().retain(4).delete(2).build().transformPosition(4, false));
    }
  }

  @Nested
  class Retain {

    @Test
    void leavesIt() {
      assertEquals(5, retain(9, BOLD).transformPosition(5, false));
    }
  }

  @Nested
  class Several {

    @Test
    void insertAndDeleteBefore() {
      Delta change = change().retain(2).insert("ABC").delete(1).build();
      assertEquals(7, change.transformPosition(5, false));
    }

    @Test
    void insertAndDeleteFromTheVeryPlace() {
      Delta change = change().retain(2).insert("A").delete(2).build();
      assertEquals(2, change.transformPosition(2, true));
      assertEquals(3, change.transformPosition(2, false));
      assertEquals(3, change.transformPosition(4, true));
    }
  }
}

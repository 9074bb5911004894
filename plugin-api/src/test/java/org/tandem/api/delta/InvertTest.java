package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.tandem.api.delta.Ops.BOLD;
import static org.tandem.api.delta.Ops.NO_BOLD;
import static org.tandem.api.delta.Ops.RED;
import static org.tandem.api.delta.Ops.change;
import static org.tandem.api.delta.Ops.delete;
import static org.tandem.api.delta.Ops.insert;
import static org.tandem.api.delta.Ops.retain;
import static org.tandem.api.delta.Ops.set;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The case table of {@link Delta#invert}. */
class InvertTest {

  @Nested
  class Insert {

    @Test
    void becomesADelete() {
      assertEquals(
          change().retain(2).delete(1).build(),
          change().retain(2).insert("A").build().invert(insert("12345\n")));
    }
  }

  @Nested
  class Delete {

    @Test
    void becomesWhatStoodThere() {
      Delta base = change().insert("1").insert("2", BOLD).embed("image", 7, RED).build();
      assertEquals(
          change().retain(1).insert("2", BOLD).embed("image", 7, RED).build(),
          change().retain(1).delete(2).build().invert(base));
    }
  }

  @Nested
  class Retain {

    @Test
    void ofANewFormatRemovesIt() {
      assertEquals(retain(2, NO_BOLD), retain(2, BOLD).invert(insert("12\n")));
    }

    @Test
    void ofAnotherValueBringsTheOldOneBack() {
      assertEquals(retain(1, RED), retain(1, set("color", "blue")).invert(insert("1", RED)));
    }

    @Test
    void ofTheSameValueIsNothing() {
      assertEquals(Delta.EMPTY, retain(1, RED).invert(insert("1", RED)));
    }

    @Test
    void ofNullBringsTheFormatBack() {
      assertEquals(retain(1, BOLD), retain(1, NO_BOLD).invert(insert("1", BOLD)));
    }

    @Test
    void overSeveralRunsIsCutThere() {
      Delta base = change().insert("1", BOLD).insert("2").insert("3", BOLD).build();
      assertEquals(change().retain(1).retain(1, NO_BOLD).build(), retain(3, BOLD).invert(base));
    }
  }

  @Test
  void ofSeveralAtOnce() {
    Delta base = change().insert("123").insert("456", BOLD).insert("\n").build();
    Delta change = change().retain(2).insert("A").delete(2).retain(1, RED).build();
    assertEquals(
        change()
            .retain(2)
            .insert("3")
            .insert("4", BOLD)
            .delete(1)
            .retain(1, set("color", null))
            .build(),
        change.invert(base));
    assertEquals(base, base.compose(change).compose(change.invert(base)));
  }

  @Test
  void ofNothingIsNothing() {
    assertEquals(Delta.EMPTY, Delta.EMPTY.invert(insert("1")));
    assertEquals(delete(1), insert("1").invert(Delta.EMPTY));
  }
}

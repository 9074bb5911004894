package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandem.api.delta.Ops.BOLD;
import static org.tandem.api.delta.Ops.BOLD_RED;
import static org.tandem.api.delta.Ops.NO_BOLD;
import static org.tandem.api.delta.Ops.RED;
import static org.tandem.api.delta.Ops.change;
import static org.tandem.api.delta.Ops.delete;
import static org.tandem.api.delta.Ops.image;
import static org.tandem.api.delta.Ops.insert;
import static org.tandem.api.delta.Ops.retain;
import static org.tandem.api.delta.Ops.set;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The case table of {@link Delta#compose}: a first change and the next. */
class ComposeTest {

  @Nested
  class InsertThen {

    @Test
    void insertGoesBefore() {
      assertEquals(insert("BA"), insert("A").compose(insert("B")));
    }

    @Test
    void retainFormats() {
      assertEquals(insert("A", BOLD_RED), insert("A", RED).compose(retain(1, BOLD)));
    }

    @Test
    void retainFormatsAPart() {
      assertEquals(
          change().insert("A").insert("B", BOLD).insert("C").build(),
          insert("ABC").compose(change().retain(1).retain(1, BOLD).build()));
    }

    @Test
    void retainOfNullRemoves() {
      assertEquals(insert("A"), insert("A", BOLD).compose(retain(1, NO_BOLD)));
    }

    @Test
    void retainOfNullLeavesNoNull() {
      assertEquals(insert("A", RED), insert("A", RED).compose(retain(1, NO_BOLD)));
    }

    @Test
    void retainFormatsAnEmbed() {
      assertEquals(image(1, BOLD), image(1, Attributes.NONE).compose(retain(1, BOLD)));
    }

    @Test
    void deleteIsNothing() {
      assertEquals(Delta.EMPTY, insert("A").compose(delete(1)));
    }

    @Test
    void deleteOfMoreDeletesTheRest() {
      assertEquals(delete(2), insert("A").compose(delete(3)));
    }

    @Test
    void deleteOfAPart() {
      assertEquals(insert("AD"), insert("ABCD").compose(change().retain(1).delete(2).build()));
    }
  }

  @Nested
  class RetainThen {

    @Test
    void insertGoesBefore() {
      assertEquals(
          change().insert("A").retain(1, BOLD).build(), retain(1, BOLD).compose(insert("A")));
    }

    @Test
    void retainSetsBoth() {
      assertEquals(retain(1, BOLD_RED), retain(1, RED).compose(retain(1, BOLD)));
    }

    @Test
    void theLaterValueStays() {
      assertEquals(
          retain(1, set("color", "blue")), retain(1, RED).compose(retain(1, set("color", "blue"))));
    }

    @Test
    void retainOfNullKeepsTheNull() {
      assertEquals(
          retain(1, set("bold", null, "color", "red")),
          retain(1, BOLD_RED).compose(retain(1, NO_BOLD)));
    }

    @Test
    void retainAfterItsEnd() {
      assertEquals(
          change().retain(2, RED).retain(3, BOLD).build(),
          retain(2, RED).compose(change().retain(2).retain(3, BOLD).build()));
    }

    @Test
    void deleteDeletes() {
      assertEquals(delete(1), retain(1, BOLD).compose(delete(1)));
    }
  }

  @Nested
  class DeleteThen {

    @Test
    void insertGoesBefore() {
      assertEquals(change().insert("A").delete(1).build(), delete(1).compose(insert("A")));
    }

    @Test
    void retainIsBehind() {
      assertEquals(change().delete(1).retain(1, BOLD).build(), delete(1).compose(retain(1, BOLD)));
    }

    @Test
    void deleteIsBehind() {
      assertEquals(delete(3), delete(1).compose(delete(2)));
    }
  }

  @Nested
  class Attributed {

    @Test
    void valuesThatAreObjectsAreReplacedWhole() {
      assertEquals(
          retain(1, set("cell", Map.of("row", 2))),
          retain(1, set("cell", Map.of("row", 1, "column", 1)))
              .compose(retain(1, set("cell", Map.of("row", 2)))));
    }

    @Test
    void equalObjectsJoin() {
      assertEquals(
          insert("AB", set("cell", List.of(Map.of("row", 1)))),
          change()
              .insert("A", set("cell", List.of(Map.of("row", 1))))
              .insert("B", set("cell", List.of(Map.of("row", 1))))
              .build());
    }
  }

  @Test
  void changesNothingThatIsLeftAlone() {
    Delta document = change().insert("A", BOLD).embed("image", 1, RED).insert("\n").build();
    assertEquals(document, document.compose(Delta.EMPTY));
    assertEquals(document, Delta.EMPTY.compose(document));
  }

  /** Each insert stands before a delete, so all of them join: once this took a minute. */
  @Test
  void joinsManyInsertsAmongDeletesInLinearTime() {
    int pairs = 200_000;
    DeltaBuilder inserts = change();
    DeltaBuilder deletes = change();
    for (int i = 0; i < pairs; i++) {
      inserts.insert("x").retain(1);
      deletes.retain(1).delete(1);
    }
    Delta expected = change().insert("x".repeat(pairs)).delete(pairs).build();
    Delta composed =
        assertTimeout(Duration.ofSeconds(5), () -> inserts.build().compose(deletes.build()));
    assertTrue(expected.equals(composed));
  }
}

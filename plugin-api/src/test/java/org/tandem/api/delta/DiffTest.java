package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandem.api.delta.Ops.BOLD;
import static org.tandem.api.delta.Ops.NO_BOLD;
import static org.tandem.api.delta.Ops.RED;
import static org.tandem.api.delta.Ops.change;
import static org.tandem.api.delta.Ops.image;
import static org.tandem.api.delta.Ops.insert;
import static org.tandem.api.delta.Ops.retain;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The case table of {@link Delta#diff}. */
class DiffTest {

  private static void leads(Delta from, Delta change, Delta to) {
    assertEquals(change, from.diff(to));
    assertEquals(to, from.compose(change));
  }

  @Nested
  class Text {

    @Test
    void theSame() {
      leads(insert("A\n"), Delta.EMPTY, insert("A\n"));
    }

    @Test
    void inserted() {
      leads(insert("A\n"), change().retain(1).insert("B").build(), insert("AB\n"));
    }

    @Test
    void deleted() {
      leads(insert("AB\n"), change().retain(1).delete(1).build(), insert("A\n"));
    }

    @Test
    void aParagraphAtTheEndStandsBeforeTheLastNewline() {
      leads(insert("A\n"), change().retain(1).insert("\nB").build(), insert("A\nB\n"));
      leads(insert("A\nB\n"), change().retain(1).delete(2).build(), insert("A\n"));
    }

    @Test
    void wordsThatStayKeepTheirPlace() {
      leads(
          insert("one two three four\n"),
          change().insert("1").delete(3).retain(5).insert("3").delete(5).build(),
          insert("1 two 3 four\n"));
    }

    @Test
    void aPairIsNotSplit() {
      leads(
          insert("\ud83d\ude00\n"),
          change().insert("\ud83d\ude01").delete(2).build(),
          insert("\ud83d\ude01\n"));
      leads(
          insert("\ud83d\ude00\n"),
          change().insert("\ud83c\ude00").delete(2).build(),
          insert("\ud83c\ude00\n"));
    }
  }

  @Nested
  class Format {

    @Test
    void set() {
      leads(insert("A\n"), retain(1, BOLD), change().insert("A", BOLD).insert("\n").build());
    }

    @Test
    void removed() {
      leads(change().insert("A", BOLD).insert("\n").build(), retain(1, NO_BOLD), insert("A\n"));
    }

    @Test
    void changed() {
      leads(
          insert("A", RED),
          retain(1, Ops.set("color", "blue")),
          insert("A", Ops.set("color", "blue")));
    }

    @Test
    void anEqualObjectIsNoChange() {
      leads(
          insert("A", Ops.set("cell", Map.of("row", 1))),
          Delta.EMPTY,
          insert("A", Ops.set("cell", Map.of("row", 1))));
    }
  }

  @Nested
  class Thing {

    @Test
    void theSame() {
      leads(image(1, BOLD), Delta.EMPTY, image(1, BOLD));
    }

    @Test
    void another() {
      leads(
          image(1, Attributes.NONE),
          change().embed("image", 2, Attributes.NONE).delete(1).build(),
          image(2, Attributes.NONE));
    }

    @Test
    void formatted() {
      leads(image(1, Attributes.NONE), retain(1, BOLD), image(1, BOLD));
    }

    /** No page holds this character, but a delta may. */
    @Test
    void forTheCharacterThatStandsForIt() {
      Delta text = insert("a\0b\n");
      Delta thing = change().insert("a").embed("image", 1, BOLD).insert("b\n").build();
      leads(text, change().retain(1).embed("image", 1, BOLD).delete(1).build(), thing);
      leads(thing, change().retain(1).insert("\0").delete(1).build(), text);
      leads(text, change().retain(1).insert("c").build(), insert("ac\0b\n"));
    }

    @Test
    void forText() {
      leads(
          insert("A"),
          change().embed("image", 1, Attributes.NONE).delete(1).build(),
          image(1, Attributes.NONE));
    }
  }

  /** Far-apart edits of a text that is too long for Myers' algorithm stay small. */
  @Nested
  class Long {

    @Test
    void editsFarApart() {
      String lines = lines(20_000, 1);
      Delta from = insert("first\n" + lines + "last line here\n");
      Delta to = insert("1st\n" + lines + "last words here\n");
      Delta change = from.diff(to);
      assertEquals(to, from.compose(change));
      assertTrue(change.ops().size() <= 6, () -> change.ops().size() + " operations");
    }

    @Test
    void editsFarApartInOneLine() {
      String words = lines(20_000, 1).replace('\n', ' ');
      Delta from = insert("first " + words + "last\n");
      Delta to = insert("1st " + words + "end\n");
      Delta change = from.diff(to);
      assertEquals(to, from.compose(change));
      assertTrue(change.ops().size() <= 6, () -> change.ops().size() + " operations");
    }

    @Test
    void nothingInCommon() {
      Delta from = insert("a" + lines(50_000, 1));
      Delta to = insert("b" + lines(50_000, 2).replace('w', 'v'));
      Delta change = assertTimeout(Duration.ofSeconds(20), () -> from.diff(to));
      assertEquals(to, from.compose(change));
    }

    /** A form saved 30,000 lines over one word; Myers' algorithm took four minutes. */
    @Test
    void oneWordAgainstMany() {
      Delta from = insert("base\n");
      Delta to = insert("a line of text\n".repeat(30_000));
      Delta change = assertTimeout(Duration.ofSeconds(20), () -> from.diff(to));
      assertEquals(to, from.compose(change));
    }

    @Test
    void piecesInAnotherOrder() {
      Delta from = insert(lines(5_000, 1) + lines(5_000, 2));
      Delta to = insert(lines(5_000, 2) + lines(5_000, 1));
      Delta change = assertTimeout(Duration.ofSeconds(20), () -> from.diff(to));
      assertEquals(to, from.compose(change));
    }

    private String lines(int count, int seed) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < count; i++) {
        lines.append('w').append(random.nextInt(count)).append(" word ").append(i).append(seed);
        lines.append('\n');
      }
      return lines.toString();
    }
  }
}

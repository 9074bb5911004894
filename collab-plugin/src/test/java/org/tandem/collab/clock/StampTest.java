package org.tandem.collab.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

  @Test
  void isWrittenAsHexAndNode() {
    assertEquals("000000000001000a-n", new Stamp((1L << 16) + 10, "n").toString());
    assertEquals("ffffffffffffffff-n", new Stamp(Stamp.LAST_BITS, "n").toString());
  }

  @Property
  void isReadAsItWasWritten(@ForAll long bits, @ForAll String node) {
    Stamp stamp = new Stamp(bits, node);
    assertEquals(Optional.of(stamp), Stamp.parse(stamp.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "n", "000000000001000a", "000000000001000A-n", "00000000001000a-n", "0-n"})
  void isNotReadFromAnythingElse(String text) {
    assertEquals(Optional.empty(), Stamp.parse(text));
  }

  @Property
  void textsHaveTheOrderOfTheStamps(
      @ForAll long a,
      @ForAll long b,
      @ForAll @StringLength(max = 3) String here,
      @ForAll @StringLength(max = 3) String there) {
    sameOrder(new Stamp(a, here), new Stamp(b, there));
    sameOrder(new Stamp(a, here), new Stamp(a, there));
  }

  @Property
  void textsOfNeighboursHaveTheOrderOfTheStamps(
      @ForAll long bits, @ForAll @LongRange(min = -2, max = 2) long by) {
    sameOrder(new Stamp(bits, "a"), new Stamp(bits + by, "b"));
  }

  private static void sameOrder(Stamp a, Stamp b) {
    assertEquals(
        Integer.signum(a.compareTo(b)), Integer.signum(a.toString().compareTo(b.toString())));
  }
}

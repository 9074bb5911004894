package org.tandem.wiki.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.wiki.json.PlainJson.Nulls;
import org.tandem.wiki.json.PlainJson.Written;

class PlainJsonTest {

  private static Written write(Object value) {
    return PlainJson.write(value, 8_192, Nulls.WITHIN);
  }

  private static Object nested(Object core, int depth) {
    Object value = core;
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
    }
    return value;
  }

  /** What is no list and no map is no level, and an empty list is one. */
  @ParameterizedTest
  @EnumSource(Nulls.class)
  void nestsThirtyTwoDeep(Nulls nulls) {
    for (Object fit : List.of(nested("x", 32), nested(List.of(), 31), nested(Map.of(), 31))) {
      Written.Text text =
          assertInstanceOf(Written.Text.class, PlainJson.write(fit, 8_192, nulls), fit::toString);
      assertEquals(fit, PlainJson.read(text.json()));
    }
    for (Object deep : List.of(nested("x", 33), nested(List.of(), 32), nested(Map.of(), 32))) {
      assertEquals(
          new Written.NotPlain("a value nests at most 32 deep"),
          PlainJson.write(deep, 8_192, nulls));
    }
  }

  @Test
  void endsWithWhatHoldsItself() {
    List<Object> circle = new ArrayList<>();
    circle.add(circle);
    assertInstanceOf(Written.NotPlain.class, write(circle));
    Object wide = List.of();
    for (int i = 0; i < 30; i++) {
      wide = List.of(wide, wide);
    }
    assertEquals(new Written.TooLarge(), write(wide));
  }

  @Test
  void hasNumbersOfAnyKindThatIsWrittenAsOne() {
    List<Number> numbers =
        List.of(
            (byte) 1,
            (short) 2,
            3,
            4L,
            5.5f,
            6.5,
            new BigInteger("12345678901234567890"),
            new BigDecimal("7.5"));
    assertEquals(new Written.Text("[1,2,3,4,5.5,6.5,12345678901234567890,7.5]"), write(numbers));
    for (Number none :
        List.of(
            Double.NaN, Float.POSITIVE_INFINITY, BigInteger.TEN.pow(400), new AtomicInteger(1))) {
      assertInstanceOf(Written.NotPlain.class, write(none), none::toString);
    }
  }

  @Test
  void hasNullWithinAValueWhereThatIsSaid() {
    List<Object> holds = Arrays.asList(1, null);
    assertEquals(new Written.Text("[1,null]"), write(holds));
    assertInstanceOf(Written.NotPlain.class, PlainJson.write(holds, 8_192, Nulls.NOWHERE));
    Map<String, Object> none = Collections.singletonMap("x", null);
    assertInstanceOf(Written.NotPlain.class, PlainJson.write(none, 8_192, Nulls.NOWHERE));
  }

  @Test
  void hasSoManyBytes() {
    assertInstanceOf(Written.Text.class, PlainJson.write("\u00e9", 4, Nulls.WITHIN));
    assertEquals(new Written.TooLarge(), PlainJson.write("\u00e9", 3, Nulls.WITHIN));
    assertEquals(new Written.TooLarge(), PlainJson.write(List.of(1, 2), 4, Nulls.WITHIN));
  }
}

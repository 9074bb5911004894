package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaJsonTest {

  @Test
  void readsEachKindOfOperation() {
    Delta expected =
        Delta.builder()
            .retain(2, Attributes.of(java.util.Collections.singletonMap("bold", null)))
            .insert("a\n", Attributes.of(Map.of("header", 1)))
            .embed("image", Map.of("src", "/x"), Attributes.NONE)
            .delete(3)
            .build();
    assertEquals(
        new DeltaJson.Parsed.Valid(expected),
        DeltaJson.read(
            "[{\"retain\":2,\"attributes\":{\"bold\":null}},"
                + "{\"insert\":\"a\\n\",\"attributes\":{\"header\":1}},"
                + "{\"insert\":{\"image\":{\"src\":\"/x\"}}},{\"delete\":3}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[",
        "[]x",
        "[null]",
        "[7]",
        "[{}]",
        "[{\"insert\":\"\"}]",
        "[{\"insert\":7}]",
        "[{\"insert\":null}]",
        "[{\"insert\":{}}]",
        "[{\"insert\":{\"a\":1,\"b\":2}}]",
        "[{\"insert\":{\"a\":null}}]",
        "[{\"retain\":0}]",
        "[{\"retain\":-1}]",
        "[{\"retain\":1.5}]",
        "[{\"retain\":\"1\"}]",
        "[{\"delete\":99999999999}]",
        "[{\"delete\":2147483647}]",
        "[{\"delete\":2000000000},{\"delete\":2000000000}]",
        "[{\"retain\":1.5}]",
        "[{\"retain\":1e-3}]",
        "[{\"retain\":true}]",
        "[{\"retain\":{\"a\":1}}]",
        "[{\"attributes\":{}}]",
        "[{\"delete\":0}]",
        "[{\"delete\":1,\"attributes\":{\"bold\":true}}]",
        "[{\"insert\":\"a\",\"delete\":1}]",
        "[{\"insert\":\"a\",\"insert\":\"b\"}]",
        "[{\"insert\":\"a\",\"onclick\":\"x\"}]",
        "[{\"insert\":\"a\",\"attributes\":7}]",
        "[{\"insert\":\"a\",\"attributes\":null}]"
      })
  void refusesWhatIsNoDelta(String json) {
    assertInstanceOf(DeltaJson.Parsed.Malformed.class, DeltaJson.read(json));
  }

  @Test
  void refusesDeepNesting() {
    String deep = "[{\"insert\":{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}]";
    assertInstanceOf(DeltaJson.Parsed.Malformed.class, DeltaJson.read(deep));
  }

  @Test
  void refusesDeepNestingOfPlainValuesToo() {
    Object deep = "x";
    for (int i = 0; i < 40; i++) {
      deep = List.of(deep);
    }
    assertInstanceOf(
        DeltaJson.Parsed.Malformed.class,
        DeltaJson.fromPlain(List.of(Map.of("insert", Map.of("a", deep)))));
  }

  @Test
  void keepsNothingOfThePlainValues() {
    Map<String, Object> value = new HashMap<>(Map.of("src", "/x"));
    List<Map<String, Object>> plain = List.of(Map.of("insert", Map.of("image", value)));
    DeltaJson.Parsed before = DeltaJson.fromPlain(plain);
    value.put("src", "/y");
    assertNotEquals(before, DeltaJson.fromPlain(plain));
  }

  @Test
  void knowsOneKindOfNumber() {
    assertEquals(
        DeltaJson.read("[{\"insert\":\"\\n\",\"attributes\":{\"header\":1}}]"),
        DeltaJson.read("[{\"insert\":\"\\n\",\"attributes\":{\"header\":1.0}}]"));
  }

  /** A client whose language has one kind of number writes them so. */
  @Test
  void lengthsAreNumbersLikeOthers() {
    assertEquals(
        DeltaJson.read("[{\"retain\":1},{\"delete\":20}]"),
        DeltaJson.read("[{\"retain\":1.0},{\"delete\":2e1}]"));
    for (String none : List.of("1.5", "0", "-1", "0.0", "1e400", "true", "\"1\"")) {
      assertInstanceOf(
          DeltaJson.Parsed.Malformed.class, DeltaJson.read("[{\"delete\":" + none + "}]"), none);
    }
  }

  @Test
  void whatIsKeptAtTheEndIsNoFaultWhateverItsLength() {
    for (String length : List.of("5", "1000000000", "2147483648", "9007199254740992")) {
      String kept = "{\"retain\":" + length + "}";
      DeltaJson.Parsed read = DeltaJson.read("[{\"insert\":\"a\"}," + kept + "," + kept + "]");
      assertEquals(
          Delta.builder().insert("a").build(),
          assertInstanceOf(DeltaJson.Parsed.Valid.class, read, length).delta());
    }
    for (String after : List.of("{\"insert\":\"a\"}", "{\"delete\":1}")) {
      assertEquals(
          new DeltaJson.Parsed.Malformed("The lengths add up to more than any document holds."),
          DeltaJson.read("[{\"retain\":2147483647},{\"retain\":2147483647}," + after + "]"));
    }
  }

  @Test
  void normalises() {
    assertEquals(
        "[{\"insert\":\"ab\"},{\"delete\":3}]",
        DeltaJson.write(
            ((DeltaJson.Parsed.Valid)
                    DeltaJson.read(
                        "[{\"delete\":1},{\"insert\":\"a\"},{\"delete\":2},{\"insert\":\"b\"},"
                            + "{\"retain\":4}]"))
                .delta()));
  }

  @ParameterizedTest
  @CsvSource({
    "5e9, 5000000000",
    "-2e0, -2",
    "100000000000000000000, 1e20",
    "-100000000000000000000, -1e20",
    "9007199254740993, 9007199254740992",
    "9223372036854775807, 9223372036854775808",
    "9007199254740991, 9007199254740991.0"
  })
  void knowsTheSameNumberInEveryForm(String one, String other) {
    assertEquals(attribute(one), attribute(other));
  }

  private static Object attribute(String json) {
    return DeltaJson.read("[{\"retain\":1,\"attributes\":{\"a\":" + json + "}}]");
  }

  /** Java read them as infinite, and wrote the word for it: what a client wrote became text. */
  @Test
  void refusesNumbersThatNoDoubleHolds() {
    DeltaJson.Parsed refused =
        new DeltaJson.Parsed.Malformed("A number is beyond what JSON numbers hold.");
    assertEquals(refused, attribute("1e400"));
    assertEquals(refused, attribute("-1e400"));
    assertEquals(refused, attribute("[{\"b\":1" + "0".repeat(400) + "}]"));
    assertEquals(refused, DeltaJson.read("[{\"insert\":{\"map\":{\"zoom\":1e309}}}]"));
    assertEquals(
        refused, DeltaJson.fromPlain(List.of(Map.of("insert", Map.of("map", Double.NaN)))));
  }
}

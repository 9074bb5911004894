package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.DeltaJson;

class DocumentHashTest {

  /** Documents that the client hashes to the same; webapp/vectors/hashes.ts makes the file. */
  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/vectors/hashes.json")) {
      List<DynamicTest> tests = new ArrayList<>();
      for (JsonNode vector : new ObjectMapper().readTree(in)) {
        Delta document =
            ((DeltaJson.Parsed.Valid) DeltaJson.read(vector.get("json").asText())).delta();
        tests.add(
            DynamicTest.dynamicTest(
                vector.get("name").asText(),
                () ->
                    assertEquals(
                        vector.get("hash").asText(),
                        DocumentHash.of(document),
                        vector.get("canonical").asText())));
      }
      assertEquals(15, tests.size());
      return tests.stream();
    }
  }

  /** The bytes are {@code [{"insert":"\n"}]}. */
  @Test
  void isTheDigestOfTheCanonicalJson() {
    assertEquals(
        "453d3dff39443f941f5f1a36eede59ca499113a41c4378407995f651dfae674d",
        DocumentHash.of(Documents.EMPTY_PAGE));
  }

  /** {@code [{"attributes":{"bold":true,"link":"/é"},"insert":"é\t😀"},{"insert":"\n"}]}. */
  @Test
  void ordersNamesAndKeepsLettersAsTheyAre() {
    assertEquals(
        "d4e7d561c0c957efc2270452a64dcf170738531815d6902815f802729a063dc5",
        DocumentHash.of(
            Delta.builder()
                .insert("\u00e9\t\ud83d\ude00", attributes("link", "/\u00e9", "bold", true))
                .insert("\n")
                .build()));
  }

  @Test
  void knowsNoOrderOfAttributes() {
    assertEquals(
        DocumentHash.of(Delta.builder().insert("a", attributes("x", 1, "y", 2)).build()),
        DocumentHash.of(Delta.builder().insert("a", attributes("y", 2, "x", 1)).build()));
    assertNotEquals(
        DocumentHash.of(Delta.builder().insert("a", attributes("x", 1, "y", 2)).build()),
        DocumentHash.of(Delta.builder().insert("a", attributes("x", 2, "y", 1)).build()));
  }

  /**
   * Who chooses the values of attributes chooses their hash codes, too, and could make them all
   * one.
   */
  @Test
  void asksNoAttributesForTheirHashCode() {
    DeltaBuilder document = Delta.builder();
    for (int i = 0; i < 8; i++) {
      document.insert("x".repeat(1_500), Attributes.of(Map.of("a", new Asked(i))));
    }
    LiveDocument live = LiveDocument.of(document.build());
    Asked.TIMES.set(0);
    DocumentHash.of(live);
    assertEquals(0, Asked.TIMES.get());
  }

  /** A list that counts how often it is asked for its hash code. */
  private static final class Asked extends AbstractList<Integer> {

    static final AtomicInteger TIMES = new AtomicInteger();

    private final int only;

    Asked(int only) {
      this.only = only;
    }

    @Override
    public Integer get(int index) {
      return only;
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public int hashCode() {
      return TIMES.incrementAndGet();
    }
  }

  private static Attributes attributes(String a, Object x, String b, Object y) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(a, x);
    values.put(b, y);
    return Attributes.of(values);
  }
}

package org.tandem.api.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What npm's quill-delta makes of many thousand cases, this algebra makes of them too. The cases
 * come from webapp/vectors/algebra.ts; {@code npm run vectors} there writes them.
 *
 * <p>Two documents have many differences that are right. For diff the test asks for the law alone,
 * that the difference leads from one to the other, and that what it deletes and inserts fits the
 * lengths. Quill's own difference, character by character, is no measure: this one goes by words.
 */
class QuillVectorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static List<JsonNode> vectors = List.of();

  @BeforeAll
  static void read() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    QuillVectorsTest.class.getResourceAsStream("/vectors/algebra.ndjson.gz")),
                StandardCharsets.UTF_8))) {
      vectors = lines.lines().map(QuillVectorsTest::node).toList();
    }
  }

  @Test
  void areMany() {
    assertTrue(vectors.size() >= 20_000);
  }

  @ParameterizedTest
  @CsvSource({
    "normal, 3000",
    "compose, 7000",
    "transform, 6000",
    "invert, 3000",
    "position, 3000",
    "attributes.compose, 1200",
    "attributes.transform, 1200",
    "attributes.invert, 600",
    "attributes.diff, 600"
  })
  void sayTheSame(String kind, int count) {
    List<JsonNode> cases = ofKind(kind);
    assertEquals(count, cases.size());
    for (JsonNode vector : cases) {
      assertEquals(vector.get("r"), answer(kind, vector), vector::toString);
    }
  }

  @Test
  void differencesLeadFromOneToTheOther() {
    List<JsonNode> cases = ofKind("diff");
    assertEquals(1500, cases.size());
    for (JsonNode vector : cases) {
      Delta from = delta(vector, "a");
      Delta to = delta(vector, "b");
      Delta difference = from.diff(to);
      assertEquals(to, from.compose(difference), vector::toString);
      assertEquals(to, from.compose(delta(vector, "r")), vector::toString);
      assertEquals(to.length() - from.length(), difference.changeLength(), vector::toString);
    }
  }

  private static JsonNode answer(String kind, JsonNode vector) {
    return switch (kind) {
      case "normal" -> node(delta(vector, "a"));
      case "compose" -> node(delta(vector, "a").compose(delta(vector, "b")));
      case "transform" -> node(delta(vector, "a").transform(delta(vector, "b"), priority(vector)));
      case "invert" -> node(delta(vector, "a").invert(delta(vector, "b")));
      case "position" ->
          JSON.getNodeFactory()
              .numberNode(
                  delta(vector, "a").transformPosition(vector.get("i").asInt(), priority(vector)));
      case "attributes.compose" ->
          node(set(vector, "a").compose(set(vector, "b"), vector.get("n").asBoolean()));
      case "attributes.transform" ->
          node(set(vector, "a").transform(set(vector, "b"), priority(vector)));
      case "attributes.invert" -> node(set(vector, "a").invert(set(vector, "b")));
      case "attributes.diff" -> node(set(vector, "a").diff(set(vector, "b")));
      default -> throw new AssertionError(kind);
    };
  }

  private static List<JsonNode> ofKind(String kind) {
    return vectors.stream().filter(vector -> vector.get("k").asText().equals(kind)).toList();
  }

  private static boolean priority(JsonNode vector) {
    return vector.get("p").asBoolean();
  }

  private static Delta delta(JsonNode vector, String name) {
    DeltaJson.Parsed read = DeltaJson.read(vector.get(name).toString());
    return read instanceof DeltaJson.Parsed.Valid valid ? valid.delta() : fail(read, vector);
  }

  private static Delta fail(DeltaJson.Parsed read, JsonNode vector) {
    throw new AssertionError(read + " " + vector);
  }

  private static Attributes set(JsonNode vector, String name) {
    return Attributes.of(
        JSON.convertValue(vector.get(name), new TypeReference<Map<String, Object>>() {}));
  }

  private static JsonNode node(Delta delta) {
    return node(DeltaJson.write(delta));
  }

  private static JsonNode node(Attributes attributes) {
    return JSON.valueToTree(attributes.asMap());
  }

  private static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }
}

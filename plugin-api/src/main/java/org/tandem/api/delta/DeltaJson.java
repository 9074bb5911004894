package org.tandem.api.delta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deltas as JSON, the array of their operations. Threads: safe for use by any thread. */
public final class DeltaJson {

  /** How deep arrays and objects nest at most, the list of operations counted. */
  static final int MAX_DEPTH = 32;

  private static final int MAX_CHARACTERS = 64 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(MAX_CHARACTERS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private DeltaJson() {}

  /** What a text or plain value turned out to be. */
  public sealed interface Parsed {

    record Valid(Delta delta) implements Parsed {}

    /**
     * @param reason one sentence
     */
    record Malformed(String reason) implements Parsed {}
  }

  public static Parsed read(String json) {
    try {
      return fromPlain(JSON.readValue(json, Object.class));
    } catch (JsonProcessingException unreadable) {
      return new Parsed.Malformed("The delta is not JSON, or it breaks a limit.");
    }
  }

  /**
   * @param plain a List of Maps, as a JSON reader makes them
   */
  public static Parsed fromPlain(@Nullable Object plain) {
    return new PlainReader().read(plain);
  }

  public static String write(Delta delta) {
    try {
      return JSON.writeValueAsString(toPlain(delta));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values are always JSON", impossible);
    }
  }

  public static List<Map<String, Object>> toPlain(Delta delta) {
    List<Map<String, Object>> list = new ArrayList<>(delta.ops().size());
    for (Op op : delta.ops()) {
      Map<String, Object> map = new LinkedHashMap<>();
      if (op instanceof Op.Insert insert) {
        map.put("insert", insert.text());
      } else if (op instanceof Op.Embed embed) {
        map.put("insert", Map.of(embed.type(), embed.value()));
      } else {
        map.put(op instanceof Op.Retain ? "retain" : "delete", op.length());
      }
      if (!op.attributes().isEmpty()) {
        map.put("attributes", op.attributes().asMap());
      }
      list.add(map);
    }
    return list;
  }
}

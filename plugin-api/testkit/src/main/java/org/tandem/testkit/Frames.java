package org.tandem.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.DeltaJson;

/** The protocol's frames as texts: those of a client are written, those of the server read. */
final class Frames {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Frames() {}

  /**
   * @param rev the last revision known, below 0 for none
   */
  static String join(UUID client, long rev) {
    Map<String, @Nullable Object> frame = frame("join");
    frame.put("client", client.toString());
    frame.put("rev", rev < 0 ? null : rev);
    return text(frame);
  }

  static String op(Replica.Change change) {
    Map<String, @Nullable Object> frame = frame("op");
    frame.put("seq", change.seq());
    frame.put("rev", change.rev());
    frame.put("delta", DeltaJson.toPlain(change.delta()));
    return text(frame);
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      throw new AssertionError("the server sent no JSON: " + text, noJson);
    }
  }

  private static Map<String, @Nullable Object> frame(String type) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put("t", type);
    return frame;
  }

  private static String text(Map<String, @Nullable Object> frame) {
    try {
      return JSON.writeValueAsString(frame);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

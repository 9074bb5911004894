package org.tandem.collab.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/** What a node sends, read as a client in another language would read it. */
final class Heard {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Heard() {}

  static JsonNode frame(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException noJson) {
      throw new AssertionError("the node sent no JSON: " + text, noJson);
    }
  }

  static Delta delta(JsonNode ops) {
    return ((DeltaJson.Parsed.Valid) DeltaJson.read(ops.toString())).delta();
  }
}

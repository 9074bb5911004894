package org.tandem.api.delta;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * The text was a delta.
     *
     * @param delta what it says
     */
    record Valid(Delta delta) implements Parsed {}

    /**
     * @param reason one sentence
     */
    record Malformed(String reason) implements Parsed {}
  }

  /** Reads the JSON text of a delta, which may come from anybody; never throws for what it says. */
  public static Parsed read(String json) {
    Delta common = common(json, Integer.MAX_VALUE);
    return common == null ? readTree(json) : new Parsed.Valid(common);
  }

  private static @Nullable Delta common(String json, int most) {
    try (JsonParser parser = JSON.getFactory().createParser(json)) {
      parser.nextToken();
      Delta delta = new StreamReader(parser).read(most);
      return parser.nextToken() == null ? delta : null;
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** Reads any delta, and says what is wrong with one that is none. */
  static Parsed readTree(String json) {
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

  /**
   * Reads a delta without a tree, if it is of the common form: no nested values, no numbers beyond
   * an int. Of anything else, wrong or right, it says nothing: {@link #read} and {@link #fromPlain}
   * decide.
   *
   * @param most of operations
   */
  public static Optional<Delta> readCommon(String json, int most) {
    return Optional.ofNullable(common(json, most));
  }

  /** The delta as JSON text, which {@link #read} takes back. */
  public static String write(Delta delta) {
    JsonFactory factory = JSON.getFactory();
    BufferRecycler buffers = factory._getBufferRecycler();
    try (SegmentedStringWriter text = new SegmentedStringWriter(buffers)) {
      try (JsonGenerator generator = factory.createGenerator(text)) {
        new StreamWriter(generator).write(delta);
      }
      return text.getAndClear();
    } catch (IOException impossible) {
      throw new UncheckedIOException("plain values are always JSON", impossible);
    } finally {
      buffers.releaseToPool();
    }
  }

  /** The delta as plain lists and maps, for whoever writes JSON with a library of their own. */
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

package org.tandem.wiki.plugin.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the plain values of plugins as JSON. */
final class PlainJson {

  private static final int MOST_DEEP = 32;
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainJson() {}

  /**
   * @return a text that can be encoded as UTF-8
   * @throws IllegalArgumentException if it is no plain value
   */
  static String write(Object value) {
    check(value, 1);
    try {
      String text = JSON.writeValueAsString(value);
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        throw new IllegalArgumentException("a half of a surrogate pair stands alone");
      }
      return text;
    } catch (JsonProcessingException unwritable) {
      throw new IllegalArgumentException("the value cannot be written as JSON", unwritable);
    }
  }

  private static void check(@Nullable Object value, int depth) {
    if (depth > MOST_DEEP) {
      throw new IllegalArgumentException("a value nests at most " + MOST_DEEP + " deep");
    }
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (!(key instanceof String)) {
          throw new IllegalArgumentException("a key is a String, not " + key);
        }
      }
      all(map.values(), depth);
    } else if (value instanceof List<?> list) {
      all(list, depth);
    } else if (value instanceof Number number) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new IllegalArgumentException("no number of JSON: " + number);
      }
    } else if (!(value instanceof String || value instanceof Boolean || value == null)
        || value == null && depth == 1) {
      throw new IllegalArgumentException("no plain JSON: " + value);
    }
  }

  private static void all(Collection<?> values, int depth) {
    values.forEach(value -> check(value, depth + 1));
  }
}

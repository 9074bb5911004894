package org.tandem.wiki.pagesetting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain JSON values as texts of bounded size. */
final class PlainJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int DEEPEST = 32;

  /** Each value is a byte at least. A list that holds another one many times over is found so. */
  private int left;

  private PlainJson(int mostBytes) {
    this.left = mostBytes;
  }

  /** The text; empty when the value is no plain JSON or the text would be larger. */
  static Optional<String> write(Object value, int mostBytes) {
    if (!new PlainJson(mostBytes).isPlain(value, DEEPEST)) {
      return Optional.empty();
    }
    try {
      String text = MAPPER.writeValueAsString(value);
      return Optional.of(text)
          .filter(json -> json.getBytes(StandardCharsets.UTF_8).length <= mostBytes);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Plain values cannot be written as JSON", impossible);
    }
  }

  /** A stored text was fit when it was stored: another one is damage, and is thrown. */
  static Object read(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("A stored value cannot be read", damaged);
    }
  }

  private boolean isPlain(@Nullable Object value, int deeper) {
    left--;
    if (left < 0 || deeper < 0) {
      return false;
    } else if (value instanceof String text) {
      return isWhole(text);
    } else if (value instanceof Double number) {
      return Double.isFinite(number);
    } else if (value instanceof List<?> list) {
      return list.stream().allMatch(one -> isPlain(one, deeper - 1));
    } else if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .allMatch(
              entry ->
                  entry.getKey() instanceof String name
                      && isWhole(name)
                      && isPlain(entry.getValue(), deeper - 1));
    }
    return value instanceof Boolean || value instanceof Integer || value instanceof Long;
  }

  /** No half of a surrogate pair, which the database would not keep. */
  private boolean isWhole(String text) {
    left -= text.length();
    return left >= 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}

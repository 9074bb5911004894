package org.tandem.wiki.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plain values of plugins as JSON texts of bounded size and depth: String, Boolean, finite
 * numbers of {@code java.lang} and {@code java.math}, List, and Map with keys of String. Threads:
 * safe for use by any thread, as long as nobody changes the value.
 */
public final class PlainJson {

  /** Lists and maps within each other. */
  public static final int DEEPEST = 32;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What became of a value. */
  public sealed interface Written {

    /** It can be encoded as UTF-8. */
    record Text(String json) implements Written {}

    /** The text would have more bytes. */
    record TooLarge() implements Written {}

    /**
     * @param reason without a full stop
     */
    record NotPlain(String reason) implements Written {}
  }

  /** Whether null may stand within a value; it is never one by itself. */
  public enum Nulls {
    WITHIN,
    NOWHERE
  }

  private static final Written TOO_LARGE = new Written.TooLarge();

  private final Nulls nulls;

  /** Each value is a byte at least. A list that holds another one many times over is found so. */
  private int left;

  private PlainJson(int mostBytes, Nulls nulls) {
    this.left = mostBytes;
    this.nulls = nulls;
  }

  /** Writes a value, unless it is none or its text would have more bytes of UTF-8. */
  public static Written write(Object value, int mostBytes, Nulls nulls) {
    Optional<Written> fault = new PlainJson(mostBytes, nulls).fault(value, DEEPEST);
    if (fault.isPresent()) {
      return fault.get();
    }
    try {
      String text = MAPPER.writeValueAsString(value);
      return text.getBytes(StandardCharsets.UTF_8).length > mostBytes
          ? TOO_LARGE
          : new Written.Text(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Plain values cannot be written as JSON", impossible);
    }
  }

  /** A stored text was fit when it was stored: another one is damage, and is thrown. */
  public static Object read(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException damaged) {
      throw new IllegalStateException("A stored value cannot be read", damaged);
    }
  }

  private Optional<Written> fault(@Nullable Object value, int deeper) {
    left--;
    if (left < 0) {
      return Optional.of(TOO_LARGE);
    } else if (value instanceof String text) {
      return fault(text);
    } else if (value instanceof Map<?, ?> map) {
      return deeper == 0 ? tooDeep() : names(map.keySet()).or(() -> all(map.values(), deeper - 1));
    } else if (value instanceof List<?> list) {
      return deeper == 0 ? tooDeep() : all(list, deeper - 1);
    } else if (value == null && nulls == Nulls.WITHIN && deeper < DEEPEST) {
      return Optional.empty();
    }
    return value instanceof Boolean || value instanceof Number number && isNumber(number)
        ? Optional.empty()
        : notPlain("no plain JSON: " + value);
  }

  private Optional<Written> all(Collection<?> values, int deeper) {
    for (Object value : values) {
      Optional<Written> fault = fault(value, deeper);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<Written> names(Collection<?> keys) {
    for (Object key : keys) {
      Optional<Written> fault =
          key instanceof String name ? fault(name) : notPlain("a key is a String, not " + key);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  private Optional<Written> fault(String text) {
    left -= text.length();
    if (left < 0) {
      return Optional.of(TOO_LARGE);
    }
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        ? Optional.empty()
        : notPlain("a half of a surrogate pair stands alone");
  }

  /** Of other classes nobody knows how they are written. */
  private static boolean isNumber(Number number) {
    return (number instanceof Integer
            || number instanceof Long
            || number instanceof Double
            || number instanceof Float
            || number instanceof Short
            || number instanceof Byte
            || number instanceof BigInteger
            || number instanceof BigDecimal)
        && Double.isFinite(number.doubleValue());
  }

  private static Optional<Written> tooDeep() {
    return notPlain("a value nests at most " + DEEPEST + " deep");
  }

  private static Optional<Written> notPlain(String reason) {
    return Optional.of(new Written.NotPlain(reason));
  }
}

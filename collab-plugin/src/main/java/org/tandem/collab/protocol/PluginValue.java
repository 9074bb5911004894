package org.tandem.collab.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that a plugin's module has sent. Immutable.
 *
 * @param plain String, Number, Boolean, List or Map, as the API has it for values
 * @param json the same as JSON text, without blanks
 */
public record PluginValue(Object plain, String json) {

  /** Up to here a double holds every whole number. */
  private static final double MOST_EXACT = 1L << 53;

  private static final Object NO_VALUE = new Object();

  /** How many bytes the text takes in UTF-8. */
  public int bytes() {
    int bytes = 0;
    for (int i = 0; i < json.length(); i++) {
      char unit = json.charAt(i);
      // Each half of a pair takes two of its four bytes.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return bytes;
  }

  /**
   * A value in the form that plugins know: whole numbers as Integer or Long, others as Double;
   * empty for one that holds a number beyond what a double does, or a half of a surrogate pair.
   *
   * @param read as a JSON reader makes it
   */
  static Optional<Object> normal(Object read) {
    Object normal = of(read);
    return normal == null || normal == NO_VALUE ? Optional.empty() : Optional.of(normal);
  }

  private static @Nullable Object of(@Nullable Object read) {
    if (read instanceof String text) {
      return isWhole(text) ? text : NO_VALUE;
    }
    if (read instanceof Number number) {
      return of(number.doubleValue());
    }
    if (read instanceof List<?> list) {
      return of(list);
    }
    return read instanceof Map<?, ?> map ? of(map) : read;
  }

  private static Object of(double number) {
    if (!Double.isFinite(number)) {
      return NO_VALUE;
    }
    if (number != Math.rint(number) || Math.abs(number) > MOST_EXACT) {
      return number;
    }
    long whole = (long) number;
    if ((int) whole == whole) {
      return (int) whole;
    }
    return whole;
  }

  private static Object of(List<?> list) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    for (Object each : list) {
      Object value = of(each);
      if (value == NO_VALUE) {
        return NO_VALUE;
      }
      copy.add(value);
    }
    return Collections.unmodifiableList(copy);
  }

  private static Object of(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      Object value = of(each.getValue());
      if (value == NO_VALUE || !(each.getKey() instanceof String key) || !isWhole(key)) {
        return NO_VALUE;
      }
      copy.put(key, value);
    }
    return Collections.unmodifiableMap(copy);
  }

  /** No half of a surrogate pair stands in it alone. */
  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}

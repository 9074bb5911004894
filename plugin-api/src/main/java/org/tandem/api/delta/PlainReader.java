package org.tandem.api.delta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one delta of plain lists and maps; what it keeps of them is its own copy. */
final class PlainReader {

  /** What the lengths of a delta add up to at most: more than two of the longest documents. */
  static final int MAX_LENGTH = 1 << 26;

  /** Up to here a double holds every whole number. */
  private static final double MOST_EXACT = 1L << 53;

  private static final String TOO_LONG = "The lengths add up to more than any document holds.";

  private static final String NO_JSON =
      "An operation holds JSON that nests at most " + DeltaJson.MAX_DEPTH + " deep.";

  private static final Set<String> KEYS = Set.of("insert", "retain", "delete", "attributes");

  private final DeltaBuilder builder = Delta.builder();
  private long length;

  /** What was kept plainly since the last other operation: at the end of a delta it is no fault. */
  private long kept;

  DeltaJson.Parsed read(@Nullable Object plain) {
    if (!(plain instanceof List<?> list)) {
      return new DeltaJson.Parsed.Malformed("A delta is a list of operations.");
    }
    for (Object op : list) {
      String fault = add(op);
      if (fault != null) {
        return new DeltaJson.Parsed.Malformed(fault);
      }
    }
    builder.retain((int) Math.min(kept, MAX_LENGTH - length));
    return new DeltaJson.Parsed.Valid(builder.build());
  }

  /** Takes one operation, or says what is wrong with it. */
  private @Nullable String add(@Nullable Object plain) {
    if (!(plain instanceof Map<?, ?> map)) {
      return "An operation is an object.";
    }
    String fault = valueFault(map, 2);
    if (fault != null) {
      return fault;
    }
    if (!KEYS.containsAll(map.keySet())) {
      return "An operation has insert, retain or delete, and attributes, and nothing else.";
    }
    boolean attributed = map.containsKey("attributes");
    if (map.size() != (attributed ? 2 : 1)) {
      return "An operation has exactly one of insert, retain and delete.";
    }
    if (!attributed) {
      return add(map, Attributes.NONE);
    }
    return map.get("attributes") instanceof Map<?, ?> values
        ? add(map, Attributes.of(copy(values)))
        : "attributes is an object.";
  }

  private @Nullable String add(Map<?, ?> map, Attributes attributes) {
    Op op;
    if (map.get("insert") instanceof String text && !text.isEmpty()) {
      op = new Op.Insert(text, attributes);
    } else if (map.get("insert") instanceof Map<?, ?> embed && embed.size() == 1) {
      Map.Entry<String, @Nullable Object> thing = copy(embed).entrySet().iterator().next();
      Object value = thing.getValue();
      if (value == null) {
        return "An embed has a value.";
      }
      op = new Op.Embed(thing.getKey(), value, attributes);
    } else {
      String kind = map.containsKey("retain") ? "retain" : "delete";
      long many = above0(map.get(kind));
      if (many == 0) {
        return "An insert is text or one embed; a length is a whole number above 0.";
      }
      if (kind.equals("delete") && !attributes.isEmpty()) {
        return "A delete has no attributes.";
      }
      if (kind.equals("retain") && attributes.isEmpty()) {
        kept = Math.min(kept + many, 2L * MAX_LENGTH);
        return null;
      }
      if (many > MAX_LENGTH) {
        return TOO_LONG;
      }
      op =
          kind.equals("retain") ? new Op.Retain((int) many, attributes) : new Op.Delete((int) many);
    }
    length += kept + op.length();
    if (length > MAX_LENGTH) {
      return TOO_LONG;
    }
    builder.retain((int) kept).add(op);
    kept = 0;
    return null;
  }

  /** A length; 0 for what is none. It is a number like others: 1.0 is 1. */
  private static long above0(@Nullable Object value) {
    if (!(value instanceof Number number)) {
      return 0;
    }
    double length = number.doubleValue();
    return length == Math.rint(length) && length > 0 && length <= MOST_EXACT ? (long) length : 0;
  }

  /** Why a value is no JSON that every party reads as the same; null if it is. */
  private static @Nullable String valueFault(@Nullable Object value, int depth) {
    if (depth > DeltaJson.MAX_DEPTH) {
      return NO_JSON;
    }
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().allMatch(String.class::isInstance)
          ? firstFault(map.values(), depth + 1)
          : NO_JSON;
    }
    if (value instanceof List<?> list) {
      return firstFault(list, depth + 1);
    }
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue())
          ? null
          : "A number is beyond what JSON numbers hold.";
    }
    return value == null || value instanceof String || value instanceof Boolean ? null : NO_JSON;
  }

  private static @Nullable String firstFault(Collection<?> values, int depth) {
    for (Object value : values) {
      String fault = valueFault(value, depth);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((name, value) -> copy.put((String) name, copy(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copy(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(copy(item)));
      return Collections.unmodifiableList(copy);
    }
    return value instanceof Number number ? number(number.doubleValue()) : value;
  }

  /**
   * JSON knows one kind of number, a double, as RFC 8785 and JavaScript do: 1.0 is 1, 5e9 is
   * 5000000000, and 2^53 + 1 is 2^53.
   */
  private static Object number(double number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number == (long) number && Math.abs(number) <= MOST_EXACT
        ? (Object) (long) number
        : number;
  }
}

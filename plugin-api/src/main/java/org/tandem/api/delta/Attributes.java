package org.tandem.api.delta;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of an operation: names and plain JSON values. In a change a null value removes the
 * attribute. Immutable, as long as nobody changes the values given.
 */
public final class Attributes {

  /** No attribute at all. */
  public static final Attributes NONE = new Attributes(Map.of());

  private final Map<String, @Nullable Object> values;

  private Attributes(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** The attributes with these values, of which it keeps a copy; null removes one. */
  public static Attributes of(Map<String, ? extends @Nullable Object> values) {
    return values.isEmpty() ? NONE : new Attributes(new LinkedHashMap<>(values));
  }

  /** Of a map that nobody else has. */
  private static Attributes owning(Map<String, @Nullable Object> values) {
    return values.isEmpty() ? NONE : new Attributes(values);
  }

  /** By name; the map cannot be changed. A value of null removes the attribute. */
  public Map<String, @Nullable Object> asMap() {
    return Collections.unmodifiableMap(values);
  }

  /** Its value; null when the attribute is removed or not named at all: see {@link #has}. */
  public @Nullable Object get(String name) {
    return values.get(name);
  }

  /** Whether the attribute is named, also to remove it. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether none is named. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * What both together do, {@code next} after this one.
   *
   * @param keepNull whether a null of {@code next} still has something to remove: on a retain, not
   *     on an insert
   */
  public Attributes compose(Attributes next, boolean keepNull) {
    if (next.isEmpty()) {
      return this;
    }
    if (isEmpty() && keepNull) {
      return next;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    next.values.forEach(
        (name, value) -> {
          if (value != null || keepNull) {
            all.put(name, value);
          } else {
            all.remove(name);
          }
        });
    return owning(all);
  }

  /** What {@code next} still does beside this one; with priority this one's values stay. */
  public Attributes transform(Attributes next, boolean priority) {
    if (!priority || isEmpty()) {
      return next;
    }
    if (Collections.disjoint(values.keySet(), next.values.keySet())) {
      return next;
    }
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(next.values);
    values.keySet().forEach(rest::remove);
    return owning(rest);
  }

  /**
   * What takes this one back on text that had the attributes {@code base}. An array or an object is
   * set again even if the text had an equal one, as Quill does, which compares them by identity.
   */
  Attributes invert(Attributes base) {
    Map<String, @Nullable Object> back = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Object before = base.get(name);
          boolean nested = value instanceof Map<?, ?> || value instanceof List<?>;
          if (nested || !base.has(name) || !Objects.equals(before, value)) {
            back.put(name, before);
          }
        });
    return owning(back);
  }

  /** What makes this one into {@code target}. */
  Attributes diff(Attributes target) {
    Map<String, @Nullable Object> change = new TreeMap<>();
    values.keySet().forEach(name -> change.put(name, target.get(name)));
    change.putAll(target.values);
    change
        .keySet()
        .removeIf(
            name -> has(name) && target.has(name) && Objects.equals(get(name), target.get(name)));
    return owning(change);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Attributes attributes
            && values.size() == attributes.values.size()
            && values.equals(attributes.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}

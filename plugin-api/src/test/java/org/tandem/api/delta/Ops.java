package org.tandem.api.delta;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short words for the case tables of the algebra. */
final class Ops {

  static final Attributes BOLD = set("bold", true);
  static final Attributes RED = set("color", "red");
  static final Attributes BOLD_RED = set("bold", true, "color", "red");
  static final Attributes NO_BOLD = set("bold", null);

  private Ops() {}

  static Attributes set(String name, @Nullable Object value) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put(name, value);
    return Attributes.of(values);
  }

  static Attributes set(
      String first, @Nullable Object value, String second, @Nullable Object other) {
    Map<String, @Nullable Object> values = new HashMap<>(set(first, value).asMap());
    values.put(second, other);
    return Attributes.of(values);
  }

  static Delta insert(String text) {
    return change().insert(text).build();
  }

  static Delta insert(String text, Attributes attributes) {
    return change().insert(text, attributes).build();
  }

  static Delta image(int number, Attributes attributes) {
    return change().embed("image", number, attributes).build();
  }

  static Delta retain(int length, Attributes attributes) {
    return change().retain(length, attributes).build();
  }

  static Delta delete(int length) {
    return change().delete(length).build();
  }

  static DeltaBuilder change() {
    return Delta.builder();
  }
}

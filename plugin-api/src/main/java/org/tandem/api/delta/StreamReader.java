package org.tandem.api.delta;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deltas that editors send, without a tree: no nested values, no numbers beyond an int.
 * It knows no reasons: of any other delta it says nothing, and {@link PlainReader} decides.
 */
final class StreamReader {

  private static final Object OTHER = new Object();

  private final JsonParser json;
  private final DeltaBuilder builder = Delta.builder();
  private long length;

  private @Nullable String text;
  private @Nullable String embed;
  private @Nullable Object thing;
  private int retain;
  private int delete;
  private Attributes attributes = Attributes.NONE;

  /**
   * @param json finds names that stand twice by itself
   */
  StreamReader(JsonParser json) {
    this.json = json;
  }

  /** The delta whose array starts at the current token, or null; then the parser is anywhere. */
  @Nullable Delta read(int most) throws IOException {
    if (!json.hasToken(JsonToken.START_ARRAY)) {
      return null;
    }
    for (int ops = 0; json.nextToken() == JsonToken.START_OBJECT; ops++) {
      if (ops == most || !op()) {
        return null;
      }
    }
    return json.hasToken(JsonToken.END_ARRAY) ? builder.build() : null;
  }

  private boolean op() throws IOException {
    text = null;
    embed = null;
    retain = 0;
    delete = 0;
    attributes = Attributes.NONE;
    int kinds = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      boolean known =
          switch (name) {
            case "insert" -> insert();
            case "retain" -> (retain = above0()) > 0;
            case "delete" -> (delete = above0()) > 0;
            case "attributes" -> attributes();
            default -> false;
          };
      if (!known) {
        return false;
      }
      kinds += name.equals("attributes") ? 0 : 1;
    }
    return json.hasToken(JsonToken.END_OBJECT) && kinds == 1 && take();
  }

  private boolean take() {
    if (delete > 0 && !attributes.isEmpty()) {
      return false;
    }
    Op op;
    if (text != null) {
      op = new Op.Insert(text, attributes);
    } else if (embed != null && thing != null) {
      op = new Op.Embed(embed, thing, attributes);
    } else {
      op = retain > 0 ? new Op.Retain(retain, attributes) : new Op.Delete(delete);
    }
    length += op.length();
    builder.add(op);
    return length <= PlainReader.MAX_LENGTH;
  }

  private boolean insert() throws IOException {
    if (json.nextToken() == JsonToken.VALUE_STRING) {
      text = json.getText();
      return !text.isEmpty();
    }
    if (!json.hasToken(JsonToken.START_OBJECT)) {
      return false;
    }
    embed = json.nextFieldName();
    if (embed == null) {
      return false;
    }
    thing = value();
    return thing != null && thing != OTHER && json.nextToken() == JsonToken.END_OBJECT;
  }

  private int above0() throws IOException {
    return json.nextToken() == JsonToken.VALUE_NUMBER_INT && isInt() ? json.getIntValue() : 0;
  }

  private boolean isInt() throws IOException {
    return json.getNumberType() == JsonParser.NumberType.INT;
  }

  private boolean attributes() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      Object value = value();
      if (value == OTHER) {
        return false;
      }
      values.put(name, value);
    }
    attributes = Attributes.of(values);
    return json.hasToken(JsonToken.END_OBJECT);
  }

  private @Nullable Object value() throws IOException {
    return switch (json.nextToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> isInt() ? (Object) json.getIntValue() : OTHER;
      default -> OTHER;
    };
  }
}

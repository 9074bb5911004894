package org.tandem.api.delta;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes deltas as a stream: what {@link DeltaJson#toPlain} holds, without making it. */
final class StreamWriter {

  private final JsonGenerator json;

  StreamWriter(JsonGenerator json) {
    this.json = json;
  }

  void write(Delta delta) throws IOException {
    json.writeStartArray();
    for (Op op : delta.ops()) {
      write(op);
    }
    json.writeEndArray();
  }

  private void write(Op op) throws IOException {
    json.writeStartObject();
    if (op instanceof Op.Insert insert) {
      json.writeStringField("insert", insert.text());
    } else if (op instanceof Op.Embed embed) {
      json.writeObjectFieldStart("insert");
      json.writeFieldName(embed.type());
      value(embed.value());
      json.writeEndObject();
    } else {
      json.writeNumberField(op instanceof Op.Retain ? "retain" : "delete", op.length());
    }
    if (!op.attributes().isEmpty()) {
      json.writeObjectFieldStart("attributes");
      for (Map.Entry<String, @Nullable Object> one : op.attributes().asMap().entrySet()) {
        json.writeFieldName(one.getKey());
        value(one.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void value(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writePOJO(value);
    }
  }
}

package org.tandem.collab.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.User;

/** Writes the server's frames. Threads: safe for use by any thread. */
public final class FrameEncoder {

  /** Of a mapper, which writes the values that nest; frames are written as a stream. */
  private static final JsonFactory JSON = Json.mapper().build().getFactory();

  public String encode(ServerFrame frame) {
    String text = written(frame);
    if (frame instanceof ServerFrame.Joined joined
        && joined.start() instanceof ServerFrame.Start.Document document) {
      // A joiner copies each text once, and a document may be long.
      String open = text.substring(0, text.length() - 1);
      return String.join("", open, ",\"doc\":", document.json(), "}");
    }
    return text;
  }

  /** The frame, but for a document that is written already. */
  private static String written(ServerFrame frame) {
    BufferRecycler buffers = JSON._getBufferRecycler();
    try (SegmentedStringWriter text = new SegmentedStringWriter(buffers)) {
      try (JsonGenerator json = JSON.createGenerator(text)) {
        write(json, frame);
      }
      return text.getAndClear();
    } catch (IOException impossible) {
      throw new UncheckedIOException("plain values are always JSON", impossible);
    } finally {
      buffers.releaseToPool();
    }
  }

  /** Several encoded {@code op} frames as one {@code ops} frame. */
  public static String ops(List<String> encodedOps) {
    // A joiner copies each text once.
    StringJoiner joined = new StringJoiner(",", "{\"t\":\"ops\",\"ops\":[", "]}");
    encodedOps.forEach(joined::add);
    return joined.toString();
  }

  private static void write(JsonGenerator json, ServerFrame frame) throws IOException {
    json.writeStartObject();
    if (frame instanceof ServerFrame.Op op) {
      op(json, op);
    } else if (frame instanceof ServerFrame.Ack ack) {
      json.writeStringField("t", "ack");
      json.writeNumberField("seq", ack.seq());
      json.writeNumberField("rev", ack.rev());
      json.writeStringField("hlc", ack.hlc());
    } else if (frame instanceof ServerFrame.Cursor cursor) {
      cursor(json, cursor);
    } else if (frame instanceof ServerFrame.Joined joined) {
      joined(json, joined);
    } else if (frame instanceof ServerFrame.Merged merged) {
      json.writeStringField("t", "merged");
      json.writeNumberField("seq", merged.seq());
      json.writeNumberField("rev", merged.rev());
      json.writeFieldName("delta");
      json.writeRawValue(DeltaJson.write(merged.delta()));
    } else if (frame instanceof ServerFrame.Peer peer) {
      json.writeStringField("t", "peer");
      peer(json, peer.peer());
      json.writeStringField("state", peer.state().name().toLowerCase(Locale.ROOT));
    } else if (frame instanceof ServerFrame.AccessChanged changed) {
      json.writeStringField("t", "access");
      json.writeStringField("access", changed.access().word());
    } else if (frame instanceof ServerFrame.Error error) {
      error(json, error);
    } else if (frame instanceof ServerFrame.Notice notice) {
      json.writeStringField("t", "notice");
      json.writeStringField("code", notice.code());
      json.writeStringField("message", notice.message());
    } else if (frame instanceof ServerFrame.Message message) {
      json.writeStringField("t", "message");
      json.writeStringField("plugin", message.plugin());
      json.writeFieldName("value");
      json.writeRawValue(message.json());
    } else if (frame instanceof ServerFrame.Presence presence) {
      presence(json, presence);
    } else if (frame instanceof ServerFrame.Pong pong) {
      json.writeStringField("t", "pong");
      if (pong.at().isPresent()) {
        json.writePOJOField("at", pong.at().get());
      }
    }
    json.writeEndObject();
  }

  private static void error(JsonGenerator json, ServerFrame.Error error) throws IOException {
    json.writeStringField("t", "error");
    json.writeStringField("code", error.code().word());
    json.writeStringField("message", error.message());
    if (error.seq().isPresent()) {
      json.writeNumberField("seq", error.seq().getAsLong());
    }
    if (error.retryAfterMillis().isPresent()) {
      json.writeNumberField("retryAfterMs", error.retryAfterMillis().getAsLong());
    }
    if (error.subject().orElse(null) instanceof ServerFrame.Subject.OfMessage message) {
      json.writeStringField("plugin", message.plugin());
    } else if (error.subject().orElse(null) instanceof ServerFrame.Subject.OfField field) {
      json.writeStringField("field", field.name());
    }
  }

  private static void joined(JsonGenerator json, ServerFrame.Joined joined) throws IOException {
    json.writeStringField("t", "joined");
    json.writeNumberField("rev", joined.rev());
    json.writeStringField("access", joined.access().word());
    json.writeNumberField("acked", joined.acked());
    if (joined.start() instanceof ServerFrame.Start.Missed missed) {
      json.writeArrayFieldStart("ops");
      for (ServerFrame.Op op : missed.ops()) {
        write(json, op);
      }
      json.writeEndArray();
    }
    json.writeArrayFieldStart("peers");
    for (ServerFrame.PeerInfo peer : joined.peers()) {
      json.writeStartObject();
      peer(json, peer);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("limits");
    json.writeNumberField("message", joined.limits().message());
    json.writeNumberField("ops", joined.limits().ops());
    json.writeNumberField("cursorsPerSecond", joined.limits().cursorsPerSecond());
    json.writeEndObject();
  }

  private static void op(JsonGenerator json, ServerFrame.Op op) throws IOException {
    json.writeStringField("t", "op");
    json.writeNumberField("rev", op.rev());
    json.writeStringField("client", op.client().toString());
    json.writeNumberField("seq", op.seq());
    json.writeStringField("user", op.user().toString());
    json.writeFieldName("delta");
    json.writeRawValue(DeltaJson.write(op.delta()));
    json.writeStringField("hlc", op.hlc());
  }

  private static void cursor(JsonGenerator json, ServerFrame.Cursor cursor) throws IOException {
    json.writeStringField("t", "cursor");
    json.writeStringField("client", cursor.client().toString());
    if (cursor.selection().isPresent()) {
      Selection at = cursor.selection().get();
      json.writeNumberField("rev", at.rev());
      json.writeNumberField("index", at.index());
      json.writeNumberField("length", at.length());
    }
  }

  private static void presence(JsonGenerator json, ServerFrame.Presence presence)
      throws IOException {
    json.writeStringField("t", "presence");
    json.writeStringField("client", presence.client().toString());
    json.writeStringField("field", presence.field());
    if (presence.json().isPresent()) {
      json.writeFieldName("value");
      json.writeRawValue(presence.json().get());
    }
  }

  /** The fields of a peer, into the object that is open. */
  private static void peer(JsonGenerator json, ServerFrame.PeerInfo peer) throws IOException {
    User user = peer.user();
    json.writeStringField("client", peer.client().toString());
    json.writeObjectFieldStart("user");
    json.writeStringField("id", user.id().toString());
    json.writeStringField("name", user.name());
    json.writeStringField("color", user.color());
    json.writeEndObject();
    json.writeStringField("access", peer.access().word());
  }
}

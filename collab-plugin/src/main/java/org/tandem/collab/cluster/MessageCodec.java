package org.tandem.collab.cluster;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.collab.protocol.Json;
import org.tandem.collab.protocol.ServerFrame;

/**
 * Cluster messages as bytes: JSON with the message's name. Only the types listed here can ever be
 * made from what arrives. Threads: safe for use by any thread.
 */
public final class MessageCodec {

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
  private interface Named {}

  private final ObjectMapper mapper =
      Json.mapper()
          .addModule(new Jdk8Module())
          .addModule(
              new SimpleModule()
                  .addSerializer(Delta.class, new DeltaWriter())
                  .addDeserializer(Delta.class, new DeltaReader()))
          .addMixIn(ClusterMessage.class, Named.class)
          .addMixIn(ServerFrame.class, Named.class)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public MessageCodec() {
    mapper.registerSubtypes(
        ClusterMessage.Submit.class,
        ClusterMessage.Repeated.class,
        ClusterMessage.Refused.class,
        ClusterMessage.Committed.class,
        ClusterMessage.Opened.class,
        ClusterMessage.Closed.class,
        ClusterMessage.Head.class,
        ClusterMessage.Here.class,
        ClusterMessage.Presence.class,
        ServerFrame.Cursor.class,
        ServerFrame.Peer.class,
        ServerFrame.Notice.class,
        ServerFrame.Message.class,
        ServerFrame.Presence.class);
  }

  public byte[] encode(ClusterMessage message) {
    try {
      return mapper.writeValueAsBytes(message);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("every cluster message can be written", impossible);
    }
  }

  /**
   * @throws UncheckedIOException when the bytes are no message of this version
   */
  public ClusterMessage decode(byte[] bytes) {
    try {
      return mapper.readValue(bytes, ClusterMessage.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("no cluster message of this version", unreadable);
    }
  }

  private static final class DeltaWriter extends JsonSerializer<Delta> {

    @Override
    public void serialize(Delta delta, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(DeltaJson.write(delta));
    }
  }

  private static final class DeltaReader extends JsonDeserializer<Delta> {

    @Override
    public Delta deserialize(JsonParser json, DeserializationContext context) throws IOException {
      if (DeltaJson.fromPlain(context.readValue(json, Object.class))
          instanceof DeltaJson.Parsed.Valid valid) {
        return valid.delta();
      }
      throw context.weirdStringException("", Delta.class, "not a delta");
    }
  }
}

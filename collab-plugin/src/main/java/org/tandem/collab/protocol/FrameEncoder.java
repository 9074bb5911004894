package org.tandem.collab.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.User;

/** Writes the server's frames. Threads: safe for use by any thread. */
public final class FrameEncoder {

  private final ObjectMapper mapper = new ObjectMapper();

  public String encode(ServerFrame frame) {
    try {
      return mapper.writeValueAsString(plain(frame));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("plain values are always JSON", impossible);
    }
  }

  /** Several encoded {@code op} frames as one {@code ops} frame. */
  public static String ops(List<String> encodedOps) {
    return "{\"t\":\"ops\",\"ops\":[" + String.join(",", encodedOps) + "]}";
  }

  private static Map<String, Object> plain(ServerFrame frame) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (frame instanceof ServerFrame.Op op) {
      op(map, op);
    } else if (frame instanceof ServerFrame.Ack ack) {
      map.put("t", "ack");
      map.put("seq", ack.seq());
      map.put("rev", ack.rev());
      map.put("hlc", ack.hlc());
    } else if (frame instanceof ServerFrame.Cursor cursor) {
      map.put("t", "cursor");
      map.put("client", cursor.client().toString());
      selection(map, cursor.selection());
    } else if (frame instanceof ServerFrame.Joined joined) {
      joined(map, joined);
    } else if (frame instanceof ServerFrame.Merged merged) {
      map.put("t", "merged");
      map.put("seq", merged.seq());
      map.put("rev", merged.rev());
      map.put("delta", DeltaJson.toPlain(merged.delta()));
    } else if (frame instanceof ServerFrame.Peer peer) {
      map.put("t", "peer");
      map.putAll(peer(peer.peer()));
      map.put("state", peer.state().name().toLowerCase(Locale.ROOT));
    } else if (frame instanceof ServerFrame.AccessChanged changed) {
      map.put("t", "access");
      map.put("access", changed.access().word());
    } else if (frame instanceof ServerFrame.Error error) {
      error(map, error);
    } else if (frame instanceof ServerFrame.Pong pong) {
      map.put("t", "pong");
      pong.at().ifPresent(at -> map.put("at", at));
    }
    return map;
  }

  private static void error(Map<String, Object> map, ServerFrame.Error error) {
    map.put("t", "error");
    map.put("code", error.code().word());
    map.put("message", error.message());
    error.seq().ifPresent(seq -> map.put("seq", seq));
    error.retryAfterMillis().ifPresent(millis -> map.put("retryAfterMs", millis));
  }

  private static void joined(Map<String, Object> map, ServerFrame.Joined joined) {
    map.put("t", "joined");
    map.put("rev", joined.rev());
    map.put("access", joined.access().word());
    map.put("acked", joined.acked());
    if (joined.start() instanceof ServerFrame.Start.Document document) {
      map.put("doc", DeltaJson.toPlain(document.doc()));
    } else if (joined.start() instanceof ServerFrame.Start.Missed missed) {
      map.put("ops", missed.ops().stream().map(FrameEncoder::plain).toList());
    }
    map.put("peers", joined.peers().stream().map(FrameEncoder::peer).toList());
    Limits limits = joined.limits();
    map.put(
        "limits",
        Map.of(
            "message", limits.message(),
            "ops", limits.ops(),
            "cursorsPerSecond", limits.cursorsPerSecond()));
  }

  private static void op(Map<String, Object> map, ServerFrame.Op op) {
    map.put("t", "op");
    map.put("rev", op.rev());
    map.put("client", op.client().toString());
    map.put("seq", op.seq());
    map.put("user", op.user().toString());
    map.put("delta", DeltaJson.toPlain(op.delta()));
    map.put("hlc", op.hlc());
  }

  private static void selection(Map<String, Object> map, Optional<Selection> selection) {
    selection.ifPresent(
        at -> {
          map.put("rev", at.rev());
          map.put("index", at.index());
          map.put("length", at.length());
        });
  }

  private static Map<String, Object> peer(ServerFrame.PeerInfo peer) {
    User user = peer.user();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("client", peer.client().toString());
    map.put("user", Map.of("id", user.id().toString(), "name", user.name(), "color", user.color()));
    map.put("access", peer.access().word());
    return map;
  }
}

package org.tandem.collab.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.ServerFrame;

/**
 * What those who are on a page, on all nodes, show of themselves: the values of presence fields, as
 * JSON. Threads: one at a time.
 */
final class PeerFields {

  private final Map<ClientId, Map<String, String>> fields = new LinkedHashMap<>();

  /** Takes a value in; false when it is there already, or when there is none to be taken away. */
  boolean put(ServerFrame.Presence shown) {
    Optional<String> before =
        shown.json().isPresent() ? Optional.ofNullable(set(shown)) : takeAway(shown);
    return !before.equals(shown.json());
  }

  private @Nullable String set(ServerFrame.Presence shown) {
    return fields
        .computeIfAbsent(shown.client(), first -> new LinkedHashMap<>())
        .put(shown.field(), shown.json().orElseThrow());
  }

  private Optional<String> takeAway(ServerFrame.Presence shown) {
    Map<String, String> own = fields.get(shown.client());
    return own == null ? Optional.empty() : Optional.ofNullable(own.remove(shown.field()));
  }

  /** All that a client shows. */
  List<ServerFrame.Presence> of(ClientId client) {
    return fields.getOrDefault(client, Map.of()).entrySet().stream()
        .map(own -> new ServerFrame.Presence(client, own.getKey(), Optional.of(own.getValue())))
        .toList();
  }

  /** The client shows nothing any more. */
  void forget(ClientId client) {
    fields.remove(client);
  }
}

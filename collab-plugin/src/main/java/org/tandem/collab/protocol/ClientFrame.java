package org.tandem.collab.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tandem.api.delta.Delta;

/** What a client sends. */
public sealed interface ClientFrame {

  /** The first frame; {@code rev} is the last revision known. */
  record Join(ClientId client, OptionalLong rev) implements ClientFrame {}

  /** One change, written on {@code rev}. */
  record Op(long seq, long rev, Delta delta) implements ClientFrame {}

  /** Changes made offline, each on top of the one before, the first on {@code rev}. */
  record Branch(long seq, long rev, List<Delta> ops) implements ClientFrame {

    public Branch {
      ops = List.copyOf(ops);
    }
  }

  /** Where the caret is; empty when it is gone. */
  record Cursor(Optional<Selection> selection) implements ClientFrame {}

  /** The hash of the client's document at a revision. */
  record Check(long rev, String hash) implements ClientFrame {}

  /**
   * To the plugin, of the editor's module that it brings.
   *
   * @param plugin its id
   */
  record Message(String plugin, PluginValue value) implements ClientFrame {}

  /** What the others are to see of the editor's user; empty: no more. */
  record Presence(String field, Optional<PluginValue> value) implements ClientFrame {}

  /** A heartbeat; {@code at} is plain JSON and comes back as it is. */
  record Ping(Optional<Object> at) implements ClientFrame {}
}

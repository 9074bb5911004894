package org.tandem.collab.session;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tandem.api.delta.Delta;
import org.tandem.collab.protocol.ClientId;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;
import org.tandem.collab.protocol.PluginValue;
import org.tandem.collab.protocol.Selection;
import org.tandem.collab.protocol.ServerFrame;

/** What a session wants done after an event. */
public sealed interface Effect {

  record Send(ServerFrame frame) implements Effect {}

  record Close(CloseCode code) implements Effect {}

  record Join(ClientId client, OptionalLong rev) implements Effect {}

  /**
   * A change to be ordered.
   *
   * @param branch whether the client waits for {@code merged} instead of {@code ack}
   */
  record Submit(long seq, long base, List<Delta> changes, boolean branch) implements Effect {

    public Submit {
      changes = List.copyOf(changes);
    }
  }

  /** A change that has no place, whatever the page is: its delta is none, or too large. */
  record Refuse(long seq, ErrorCode code, String reason) implements Effect {}

  record MoveCursor(Optional<Selection> selection) implements Effect {}

  record Check(long rev, String hash) implements Effect {}

  /** A message to a plugin. */
  record Say(String plugin, PluginValue value) implements Effect {}

  /** The value of a presence field; empty: no more. */
  record Present(String field, Optional<PluginValue> value) implements Effect {}

  /** A line for the server's log: the client broke a rule. */
  record Note(String sentence) implements Effect {}
}

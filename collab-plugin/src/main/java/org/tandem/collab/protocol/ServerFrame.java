package org.tandem.collab.protocol;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

/** What the server sends. */
public sealed interface ServerFrame {

  /** What the joining client starts from: the whole document, or what it missed. */
  sealed interface Start {

    /**
     * @param json the document, as {@link org.tandem.api.delta.DeltaJson} writes it
     */
    record Document(String json) implements Start {}

    record Missed(List<Op> ops) implements Start {

      public Missed {
        ops = List.copyOf(ops);
      }
    }
  }

  record Joined(
      long rev, Access access, long acked, Start start, List<PeerInfo> peers, Limits limits)
      implements ServerFrame {

    public Joined {
      peers = List.copyOf(peers);
    }
  }

  /** A change, in strict order of rev. */
  record Op(long rev, ClientId client, long seq, UserId user, Delta delta, String hlc)
      implements ServerFrame {}

  record Ack(long seq, long rev, String hlc) implements ServerFrame {}

  /** The branch is committed; delta takes the client's own document to the one at rev. */
  record Merged(long seq, long rev, Delta delta) implements ServerFrame {}

  /** Another client's caret; without a selection it is gone. */
  record Cursor(ClientId client, Optional<Selection> selection) implements ServerFrame {}

  record Peer(PeerInfo peer, PeerState state) implements ServerFrame {}

  record AccessChanged(Access access) implements ServerFrame {}

  /**
   * @param seq of the change that it is about
   * @param subject what it is about beside changes
   */
  record Error(
      ErrorCode code,
      String message,
      OptionalLong seq,
      OptionalLong retryAfterMillis,
      Optional<Subject> subject)
      implements ServerFrame {

    public static Error of(ErrorCode code, String message) {
      return of(code, message, OptionalLong.empty());
    }

    public static Error of(ErrorCode code, String message, long seq) {
      return of(code, message, OptionalLong.of(seq));
    }

    public static Error of(ErrorCode code, String message, OptionalLong seq) {
      return new Error(code, message, seq, OptionalLong.empty(), Optional.empty());
    }

    public static Error of(ErrorCode code, String message, Subject subject) {
      return new Error(
          code, message, OptionalLong.empty(), OptionalLong.empty(), Optional.of(subject));
    }

    public Error retryAfter(long millis) {
      return new Error(code, message, seq, OptionalLong.of(millis), subject);
    }
  }

  /** What of a plugin's module was not taken. */
  sealed interface Subject {

    /** A message to the plugin. */
    record OfMessage(String plugin) implements Subject {}

    /** The value of a presence field. */
    record OfField(String name) implements Subject {}
  }

  /**
   * Something that whoever is on the page is to know; editing goes on.
   *
   * @param message one sentence
   */
  record Notice(String code, String message) implements ServerFrame {

    /** The wiki serves another editor than the one that is open. */
    public static final Notice EDITOR_CHANGED =
        new Notice("editor_changed", "The editor has changed: load the page again.");
  }

  /**
   * Of a plugin to its modules.
   *
   * @param plugin its id
   * @param json the value
   */
  record Message(String plugin, String json) implements ServerFrame {}

  /**
   * What another client shows of its user.
   *
   * @param json the value; empty: no more
   */
  record Presence(ClientId client, String field, Optional<String> json) implements ServerFrame {}

  record Pong(Optional<Object> at) implements ServerFrame {}

  /** Somebody else on the page. */
  record PeerInfo(ClientId client, User user, Access access) {}

  /** What became of a peer. */
  enum PeerState {
    JOINED,
    LEFT,
    ACCESS
  }
}

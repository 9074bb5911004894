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

  record Error(ErrorCode code, String message, OptionalLong seq, OptionalLong retryAfterMillis)
      implements ServerFrame {

    public static Error of(ErrorCode code, String message) {
      return new Error(code, message, OptionalLong.empty(), OptionalLong.empty());
    }

    public static Error of(ErrorCode code, String message, long seq) {
      return new Error(code, message, OptionalLong.of(seq), OptionalLong.empty());
    }

    public Error retryAfter(long millis) {
      return new Error(code, message, seq, OptionalLong.of(millis));
    }
  }

  /**
   * Something that whoever is on the page is to know; editing goes on.
   *
   * @param message one sentence
   */
  record Notice(String code, String message) implements ServerFrame {}

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

package org.tandem.collab.page;

import java.util.UUID;
import org.tandem.collab.protocol.ClientId;

/**
 * A refusal that has a place in a page's order: a revision that changes nothing, behind which no
 * earlier copy of the refused change can find its place any more.
 *
 * <p>A client whose connection broke sends its change again. Earlier copies of it may still be
 * under way then: forwarded, in a commit without an answer, with a node that stands still. Were the
 * repetition only refused, one of them could land after its author took the change back, or sent
 * another under the same seq. Behind this revision none can. A commit that is under way meets the
 * log's fence, as the page's head has moved; and whatever node decides a copy, now or in an hour,
 * finds this revision above the copy's base, for the base was known to the client before it was
 * refused. That is the fencing token of distributed locks (Kleppmann, <i>Designing Data-Intensive
 * Applications</i>, chapter 8), with the revision for the token.
 *
 * <p>The revision's author is a client of the refused one's own, of the same user. It follows from
 * that one's id, so that nothing else need be stored.
 */
public final class Refusal {

  /** What the ids of these clients begin with; no client of a session has one of them. */
  private static final long RESERVED = 0xffff_ffffL << 32;

  private Refusal() {}

  /** The client by which refusals of another client's changes are entered. */
  public static ClientId client(ClientId refused) {
    UUID named = UUID.nameUUIDFromBytes(bytes(refused.value()));
    long low = named.getMostSignificantBits() & ~RESERVED;
    return new ClientId(new UUID(RESERVED | low, named.getLeastSignificantBits()));
  }

  private static byte[] bytes(UUID id) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (id.getMostSignificantBits() >>> 8 * i);
      bytes[8 + i] = (byte) (id.getLeastSignificantBits() >>> 8 * i);
    }
    return bytes;
  }

  /** Whether a client is one by which refusals are entered. */
  public static boolean isClient(ClientId client) {
    return (client.value().getMostSignificantBits() & RESERVED) == RESERVED;
  }

  /** Whether a revision is a refusal of a client's change. */
  static boolean isOf(ClientId refused, Revision revision) {
    return isClient(revision.client()) && revision.client().equals(client(refused));
  }
}

package org.tandem.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;

/**
 * What a client knows of a page, by the protocol's rules and without any connection: one change in
 * flight, what is typed meanwhile composed into the next. Threads: none; its owner guards it.
 */
final class Replica {

  private final UUID client;
  private Delta document = Delta.EMPTY;
  private long rev = -1;
  private long seq;
  private @Nullable Delta inFlight;
  private @Nullable Delta waiting;

  Replica(UUID client) {
    this.client = client;
  }

  /** A change to send. */
  record Change(long seq, long rev, Delta delta) {}

  void type(Delta change) {
    document = document.compose(change);
    waiting = waiting == null ? change : waiting.compose(change);
  }

  /** Puts what waits in flight, when nothing is; empty when there is nothing to send. */
  Optional<Change> next() {
    if (inFlight != null || waiting == null) {
      return Optional.empty();
    }
    inFlight = waiting;
    waiting = null;
    seq++;
    return again();
  }

  /** What is in flight, to send once more. */
  Optional<Change> again() {
    return Optional.ofNullable(inFlight).map(delta -> new Change(seq, rev, delta));
  }

  void joined(JsonNode frame) {
    if (frame.has("doc")) {
      if (!settled()) {
        throw new AssertionError("a new document for a client with changes of its own: " + frame);
      }
      document = WikiClient.delta(frame.get("doc"));
      rev = frame.path("rev").asLong();
    } else {
      frame.path("ops").forEach(this::remote);
    }
    if (rev != frame.path("rev").asLong()) {
      throw new AssertionError("joined at " + frame.path("rev") + ", but the ops led to " + rev);
    }
  }

  void remote(JsonNode op) {
    long at = op.path("rev").asLong();
    if (at != rev + 1) {
      throw new AssertionError("revision " + at + " came after " + rev);
    }
    if (op.path("client").asText().equals(client.toString())) {
      acknowledged(op.path("seq").asLong(), at);
    } else {
      rev = at;
      document = document.compose(past(WikiClient.delta(op.path("delta"))));
    }
  }

  /** A committed change as it is on top of this client's own, which move past it. */
  private Delta past(Delta committed) {
    Delta change = committed;
    if (inFlight != null) {
      Delta mine = inFlight;
      inFlight = change.transform(mine, true);
      change = mine.transform(change, false);
    }
    if (waiting != null) {
      Delta mine = waiting;
      waiting = change.transform(mine, true);
      change = mine.transform(change, false);
    }
    return change;
  }

  void acknowledged(long acked, long at) {
    if (acked != seq || inFlight == null) {
      return; // a repeated acknowledgement
    }
    if (at != rev + 1) {
      throw new AssertionError("acknowledged as revision " + at + " at " + rev);
    }
    rev = at;
    inFlight = null;
  }

  boolean inFlight(long number) {
    return inFlight != null && number == seq;
  }

  boolean settled() {
    return inFlight == null && waiting == null;
  }

  Delta document() {
    return document;
  }

  /** -1 before the first join. */
  long rev() {
    return rev;
  }
}

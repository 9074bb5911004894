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

  /** Without this client's own changes. */
  private Delta committed = Delta.EMPTY;

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
      committed = WikiClient.delta(frame.get("doc"));
      document = committed;
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
      Delta change = WikiClient.delta(op.path("delta"));
      committed = committed.compose(change);
      document = document.compose(past(change));
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
    committed = committed.compose(inFlight);
    inFlight = null;
  }

  /** Takes back what is in flight: it was refused. What was typed behind it stays. */
  void refused() {
    if (inFlight == null) {
      throw new IllegalStateException("nothing is in flight");
    }
    Delta back = inFlight.invert(committed);
    inFlight = null;
    seq--; // the next change takes it
    Delta left = waiting == null ? Delta.EMPTY : back.transform(waiting, true);
    waiting = left.isEmpty() ? null : left;
    document = committed.compose(left);
  }

  boolean inFlight(long number) {
    return inFlight != null && number == seq;
  }

  boolean settled() {
    return inFlight == null && waiting == null;
  }

  /** What the server has not acknowledged, for people; empty when there is nothing. */
  String unacknowledged() {
    StringBuilder said = new StringBuilder();
    if (inFlight != null) {
      said.append("seq ").append(seq).append(" in flight ").append(inFlight);
    }
    if (waiting != null) {
      said.append(said.isEmpty() ? "" : ", ").append("not sent ").append(waiting);
    }
    return said.toString();
  }

  Delta document() {
    return document;
  }

  /** -1 before the first join. */
  long rev() {
    return rev;
  }
}

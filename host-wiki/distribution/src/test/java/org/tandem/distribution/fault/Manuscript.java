package org.tandem.distribution.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.document.PlainText;

/**
 * A page as one client has it, by the protocol's rules: one change in flight, what is typed
 * meanwhile composed into the next. It types words, each behind its word before. Threads: none; its
 * owner guards it. Failure: an {@link AssertionError} when the server breaks the protocol.
 */
final class Manuscript {

  /** A change to send. */
  record Change(long seq, long rev, Delta delta) {}

  private final String client;
  private final History history;
  private Delta document = Delta.EMPTY;
  private String lastWord = "";
  private long rev = -1;
  private long seq;
  private @Nullable Delta inFlight;
  private @Nullable Delta waiting;
  private List<String> waitingWords = new ArrayList<>();

  Manuscript(String client, History history) {
    this.client = client;
    this.history = history;
  }

  void type(String word) {
    int place = lastWord.isEmpty() ? 0 : text().indexOf(lastWord) + lastWord.length();
    Delta change = Delta.builder().retain(place).insert(word + " ").build();
    lastWord = word + " ";
    document = document.compose(change);
    waiting = waiting == null ? change : waiting.compose(change);
    waitingWords.add(word);
  }

  /** Puts what waits in flight, when nothing is; empty when there is nothing to send. */
  Optional<Change> next() {
    if (inFlight != null || waiting == null) {
      return Optional.empty();
    }
    inFlight = waiting;
    waiting = null;
    seq++;
    history.sent(seq, waitingWords);
    waitingWords = new ArrayList<>();
    return again();
  }

  /** What is in flight, to send once more. */
  Optional<Change> again() {
    return Optional.ofNullable(inFlight).map(delta -> new Change(seq, rev, delta));
  }

  void joined(JsonNode frame) {
    if (frame.has("doc")) {
      if (rev >= 0) {
        throw new AssertionError("who knew revision " + rev + " was sent the whole page");
      }
      document = delta(frame.get("doc"));
      rev = frame.path("rev").asLong();
      history.begins(rev);
    } else {
      frame.path("ops").forEach(this::committed);
    }
    if (rev != frame.path("rev").asLong()) {
      throw new AssertionError("joined at " + frame.path("rev") + ", the ops led to " + rev);
    }
    long durable = frame.path("acked").asLong();
    if (durable != (inFlight == null ? seq : seq - 1)) {
      throw new AssertionError(
          "acked is %d, and the ops say that %d is %s"
              .formatted(durable, seq, inFlight == null ? "there" : "not there"));
    }
  }

  void committed(JsonNode op) {
    long at = op.path("rev").asLong();
    String author = op.path("client").asText();
    if (author.equals(client)) {
      acknowledged(op.path("seq").asLong(), at, op.path("hlc").asText());
      return;
    }
    follow(at);
    history.saw(at, author, op.path("seq").asLong());
    document = document.compose(past(delta(op.path("delta"))));
  }

  void acknowledged(long acked, long at, String stamp) {
    if (acked != seq || inFlight == null) {
      history.acknowledgedAgain(acked, at);
      return;
    }
    follow(at);
    history.acknowledged(client, acked, at, stamp);
    inFlight = null;
  }

  private void follow(long next) {
    if (next != rev + 1) {
      throw new AssertionError("revision " + next + " came after " + rev);
    }
    rev = next;
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

  private static Delta delta(JsonNode ops) {
    if (DeltaJson.read(ops.toString()) instanceof DeltaJson.Parsed.Valid valid) {
      return valid.delta();
    }
    throw new AssertionError("the wiki sent no delta: " + ops);
  }

  boolean isInFlight(long number) {
    return inFlight != null && number == seq;
  }

  boolean settled() {
    return inFlight == null && waiting == null;
  }

  String text() {
    return PlainText.of(document);
  }

  /** -1 before the first join. */
  long rev() {
    return rev;
  }
}

package org.tandem.distribution.fault;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;

/**
 * A client of the protocol that types a word ten times a second, connected or not, and does without
 * any help what the protocol asks of it: it sends again what was not saved, answers silence with a
 * ping, and joins again at any node, with jittered back-off and its last revision.
 *
 * <p>Threads: safe for use by any thread; it works on those of its {@link Desk}.
 */
final class Typist implements PageSocket.Ear, AutoCloseable {

  /** What typists share. */
  record Desk(ScheduledExecutorService clock, Executor connecting, Wikis wikis) {}

  private static final Set<Integer> FOR_GOOD = Set.of(4400, 4401, 4403, 4404);
  private static final Duration BETWEEN_WORDS = Duration.ofMillis(100);
  private static final long BASE_MILLIS = 250;
  private static final long CAP_MILLIS = 30_000;
  private static final long RETRY_MILLIS = 250;
  private static final long PING_AFTER = TimeUnit.SECONDS.toNanos(15);
  private static final long CLOSE_AFTER = TimeUnit.SECONDS.toNanos(25);

  private final Desk desk;
  private final String name;
  private final String user;
  private final PageId page;
  private final Random random;
  private final String client = UUID.randomUUID().toString();
  private final History history;
  private final Manuscript manuscript;
  private final ScheduledFuture<?> typing;
  private @Nullable PageSocket socket;
  private boolean joined;
  private boolean closed;
  private boolean types = true;
  private int node;
  private int attempts;
  private int words;
  private long heardAt;
  private boolean pinged;

  /**
   * @param name what its words begin with, and no other typist's
   * @param node where it joins first
   */
  Typist(Desk desk, String name, String user, PageId page, int node) {
    this.desk = desk;
    this.name = name;
    this.user = user;
    this.page = page;
    this.node = node;
    this.random = new Random(name.hashCode());
    this.history = new History(name);
    this.manuscript = new Manuscript(client, history);
    desk.connecting().execute(this::connect);
    this.typing =
        desk.clock()
            .scheduleWithFixedDelay(
                this::beat,
                random.nextInt((int) BETWEEN_WORDS.toMillis()),
                BETWEEN_WORDS.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private synchronized void beat() {
    try {
      if (types && manuscript.rev() >= 0) {
        words++;
        manuscript.type(name + "w" + words);
        pump();
      }
      minds();
    } catch (RuntimeException bug) {
      history.breach("the typist itself failed: " + bug);
    }
  }

  /** The heartbeat. */
  private void minds() {
    PageSocket open = socket;
    if (open == null) {
      return;
    }
    long silent = System.nanoTime() - heardAt;
    if (silent > CLOSE_AFTER) {
      rejoin();
      open.abort();
    } else if (silent > PING_AFTER && !pinged) {
      pinged = true;
      Map<String, @Nullable Object> ping = frame("ping");
      ping.put("at", words);
      open.send(ping);
    }
  }

  // --- connecting -------------------------------------------------------------------------------

  private void connect() {
    try {
      PageSocket opened =
          PageSocket.open(desk.wikis().http(), desk.wikis().person(node(), user), user, page, this);
      synchronized (this) {
        if (closed) {
          opened.leave();
          return;
        }
        socket = opened;
        heardAt = System.nanoTime();
        if (opened.over()) {
          rejoin();
          return;
        }
        history.joins();
        Map<String, @Nullable Object> join = frame("join");
        join.put("client", client);
        join.put("rev", manuscript.rev() < 0 ? null : manuscript.rev());
        opened.send(join);
      }
    } catch (Exception | AssertionError away) {
      rejoin();
    }
  }

  private synchronized int node() {
    return node;
  }

  private synchronized void rejoin() {
    if (closed) {
      return;
    }
    socket = null;
    joined = false;
    node = random.nextInt(desk.wikis().count());
    long longest = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(attempts, 10));
    attempts++;
    desk.clock()
        .schedule(
            () -> desk.connecting().execute(this::connect),
            (long) (random.nextDouble() * longest),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void ended(PageSocket from, int code) {
    if (from != socket) {
      return;
    }
    if (FOR_GOOD.contains(code)) {
      history.breach("closed for good with " + code);
      closed = true;
      return;
    }
    rejoin();
  }

  // --- the exchange -----------------------------------------------------------------------------

  @Override
  public synchronized void heard(PageSocket from, JsonNode frame) {
    if (closed || from != socket) {
      return;
    }
    heardAt = System.nanoTime();
    pinged = false;
    try {
      take(frame);
      pump();
    } catch (AssertionError breach) {
      history.breach(breach.getMessage());
      closed = true;
      from.abort();
    }
  }

  private void take(JsonNode frame) {
    switch (frame.path("t").asText()) {
      case "joined" -> {
        manuscript.joined(frame);
        joined = true;
        attempts = 0;
        sendAgain();
      }
      case "op" -> manuscript.committed(frame);
      case "ops" -> frame.path("ops").forEach(manuscript::committed);
      case "ack" ->
          manuscript.acknowledged(
              frame.path("seq").asLong(), frame.path("rev").asLong(), frame.path("hlc").asText());
      case "error" -> error(frame);
      default -> {} // presence, or of a later version
    }
  }

  private void error(JsonNode frame) {
    String code = frame.path("code").asText();
    if (code.equals("unavailable")) {
      history.unavailable();
    } else if (!code.equals("rate_limited")) {
      throw new AssertionError("the server refused: " + frame);
    }
    if (!frame.has("seq") || manuscript.isInFlight(frame.path("seq").asLong())) {
      desk.clock()
          .schedule(
              this::sendAgain,
              frame.path("retryAfterMs").asLong(RETRY_MILLIS),
              TimeUnit.MILLISECONDS);
    }
  }

  private void pump() {
    if (joined) {
      manuscript.next().ifPresent(this::send);
    }
  }

  private synchronized void sendAgain() {
    if (joined) {
      manuscript.again().ifPresent(this::send);
    }
  }

  private void send(Manuscript.Change change) {
    Map<String, @Nullable Object> op = frame("op");
    op.put("seq", change.seq());
    op.put("rev", change.rev());
    op.put("delta", DeltaJson.toPlain(change.delta()));
    if (socket != null) {
      socket.send(op);
    }
  }

  private static Map<String, @Nullable Object> frame(String type) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put("t", type);
    return frame;
  }

  // --- what a test asks -------------------------------------------------------------------------

  /** It types no more, and goes on to see its words saved. */
  synchronized void rest() {
    types = false;
  }

  /** Whether everything typed is acknowledged. */
  synchronized boolean settled() {
    return manuscript.rev() >= 0 && manuscript.settled();
  }

  synchronized int words() {
    return words;
  }

  synchronized int acknowledged() {
    return history.acknowledged().size();
  }

  /** The node that gave its newest acknowledged change its place; empty before the first. */
  synchronized String owner() {
    return history.acknowledged().isEmpty()
        ? ""
        : history.acknowledged().get(history.acknowledged().lastKey()).node();
  }

  synchronized long rev() {
    return manuscript.rev();
  }

  synchronized String text() {
    return manuscript.text();
  }

  synchronized List<String> breaches() {
    return List.copyOf(history.breaches());
  }

  /** Read it when it has settled: it is still written. */
  History history() {
    return history;
  }

  @Override
  public synchronized String toString() {
    return "%s at node %d, %s, revision %d"
        .formatted(name, node, joined ? "joined" : "away", manuscript.rev());
  }

  @Override
  public synchronized void close() {
    closed = true;
    typing.cancel(false);
    if (socket != null) {
      socket.leave();
    }
  }
}

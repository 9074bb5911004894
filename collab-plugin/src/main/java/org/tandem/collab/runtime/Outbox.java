package org.tandem.collab.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameEncoder;

/**
 * What waits to be sent to one client, in order and bounded: a reader that does not read is closed
 * and can resume. Changes that piled up go out as one {@code ops} frame. Threads: safe for use by
 * any thread; nothing waits.
 */
final class Outbox {

  /** Characters that may wait beside the message that is being sent. */
  static final int BOUND = 8 << 20;

  private static final int OPS_IN_ONE = 500;

  /** Characters of changes that are put together; longer ones are not copied for each client. */
  private static final int LENGTH_OF_ONE = 64 << 10;

  private static final Set<CloseCode> AT_ONCE =
      EnumSet.of(
          CloseCode.SIGNED_OUT,
          CloseCode.ACCESS_GONE,
          CloseCode.PAGE_GONE,
          CloseCode.HEARTBEAT_MISSED);

  private record Text(String json, boolean op) {}

  private final Wire wire;
  private final Runnable overflowed;
  private final Deque<Text> waiting = new ArrayDeque<>();
  private int characters;
  private boolean sending;
  private boolean ended;
  private @Nullable CloseCode closing;
  private @Nullable Thread pumping;

  /**
   * @param overflowed told once, when more waits than may and the wire is closed for that
   */
  Outbox(Wire wire, Runnable overflowed) {
    this.wire = wire;
    this.overflowed = overflowed;
  }

  void send(String json) {
    add(List.of(json), false);
    flush();
  }

  /**
   * Adds {@code op} frames, which may travel inside an {@code ops} frame. They go out with the next
   * {@link #send} or {@link #flush}.
   */
  void addOps(List<String> ops) {
    add(ops, true);
  }

  private void add(List<String> jsons, boolean op) {
    boolean overflow = false;
    synchronized (waiting) {
      if (ended || closing != null) {
        return;
      }
      for (String json : jsons) {
        waiting.add(new Text(json, op));
        characters += json.length();
      }
      if (sending && characters > BOUND) {
        overflow = true;
        forget();
      }
    }
    if (overflow) {
      wire.closing(CloseCode.TOO_SLOW);
      wire.close(CloseCode.TOO_SLOW);
      overflowed.run();
    }
  }

  /** Characters that wait. */
  int size() {
    synchronized (waiting) {
      return characters;
    }
  }

  /**
   * Closes once all that waits is sent, or the wire's time for that is over. Who is shut out or
   * gone is sent nothing more.
   */
  void close(CloseCode code) {
    synchronized (waiting) {
      if (ended || closing != null) {
        return;
      }
      closing = code;
      if (AT_ONCE.contains(code)) {
        waiting.clear();
        characters = 0;
      }
    }
    wire.closing(code);
    flush();
  }

  /** The connection is gone: forgets what waits. */
  void end() {
    synchronized (waiting) {
      forget();
    }
  }

  private void forget() {
    ended = true;
    waiting.clear();
    characters = 0;
  }

  /** Sends what waits. A loop and no recursion: a wire may call back before its send returns. */
  void flush() {
    while (true) {
      String next;
      synchronized (waiting) {
        if (sending || ended || (waiting.isEmpty() && closing == null)) {
          return;
        }
        if (waiting.isEmpty()) {
          ended = true;
          break;
        }
        sending = true;
        pumping = Thread.currentThread();
        next = nextMessage();
      }
      wire.send(next, this::sent);
      synchronized (waiting) {
        if (pumping == Thread.currentThread()) {
          pumping = null;
        }
      }
    }
    wire.close(Objects.requireNonNull(closing));
  }

  private String nextMessage() {
    Text first = waiting.remove();
    characters -= first.json.length();
    if (!first.op || waiting.isEmpty() || !waiting.peek().op) {
      return first.json;
    }
    List<String> ops = new ArrayList<>();
    ops.add(first.json);
    int length = first.json.length();
    while (ops.size() < OPS_IN_ONE && !waiting.isEmpty() && waiting.peek().op) {
      length += waiting.peek().json.length();
      if (length > LENGTH_OF_ONE) {
        break;
      }
      Text more = waiting.remove();
      characters -= more.json.length();
      ops.add(more.json);
    }
    return ops.size() == 1 ? first.json : FrameEncoder.ops(ops);
  }

  private void sent(boolean written) {
    CloseCode unsaid;
    synchronized (waiting) {
      sending = false;
      if (written && pumping == Thread.currentThread()) {
        return;
      }
      unsaid = written || ended ? null : closing;
      if (!written) {
        forget();
      }
    }
    if (unsaid != null) {
      wire.close(unsaid);
    } else {
      flush();
    }
  }
}

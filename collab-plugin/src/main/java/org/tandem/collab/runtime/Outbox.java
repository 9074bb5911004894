package org.tandem.collab.runtime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.FrameEncoder;

/**
 * What waits to be sent to one client, in order and bounded: a reader that does not read is closed
 * and can resume. Changes that piled up go out as one {@code ops} frame, of one client's carets the
 * newest. Threads: safe for use by any thread; nothing waits.
 */
final class Outbox {

  /** Characters that may wait beside the message that is being sent. */
  static final int BOUND = 8 << 20;

  private static final int OPS_IN_ONE = 500;

  /** Characters of changes that are put together; longer ones are not copied for each client. */
  private static final int LENGTH_OF_ONE = 64 << 10;

  private static final Set<CloseCode> NOTHING_MORE =
      EnumSet.of(
          CloseCode.SIGNED_OUT,
          CloseCode.ACCESS_GONE,
          CloseCode.PAGE_GONE,
          CloseCode.HEARTBEAT_MISSED);

  /**
   * @param before how many texts that cannot be overtaken were added before it
   */
  private record Text(String json, boolean op, long before) {}

  private final Wire wire;
  private final Runnable overflowed;

  /** In order; what can be overtaken by its key, anything else by a number of its own. */
  private final Map<Object, Text> waiting = new LinkedHashMap<>();

  private int characters;
  private long added;
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
    add(json);
    flush();
  }

  /** Adds a frame, which goes out with the next {@link #send} or {@link #flush}. */
  void add(String json) {
    add(List.of(json), false);
  }

  /**
   * Adds {@code op} frames, which may travel inside an {@code ops} frame. They go out with the next
   * {@link #send} or {@link #flush}.
   */
  void addOps(List<String> ops) {
    add(ops, true);
  }

  private void add(List<String> jsons, boolean op) {
    boolean overflow;
    synchronized (waiting) {
      if (ended || closing != null) {
        return;
      }
      for (String json : jsons) {
        waiting.put(added, new Text(json, op, added));
        added++;
        characters += json.length();
      }
      overflow = overflows();
    }
    endIf(overflow);
  }

  /**
   * Adds what is no news once it is overtaken: the caret of a client, or what it shows in a field.
   * One of the same key that still waits is overtaken: the newer one has its place, unless anything
   * else was added since, which has to come before it: the change that the caret stands behind, or
   * the news that the client joined.
   */
  void addNewest(Object key, String json) {
    boolean overflow;
    synchronized (waiting) {
      if (ended || closing != null) {
        return;
      }
      Text overtaken = waiting.get(key);
      if (overtaken != null) {
        characters -= overtaken.json.length();
        if (overtaken.before != added) {
          waiting.remove(key);
        }
      }
      waiting.put(key, new Text(json, false, added));
      characters += json.length();
      overflow = overflows();
    }
    endIf(overflow);
  }

  private boolean overflows() {
    boolean overflow = sending && characters > BOUND;
    if (overflow) {
      forget();
    }
    return overflow;
  }

  private void endIf(boolean overflow) {
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
      if (NOTHING_MORE.contains(code)) {
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
    Iterator<Text> all = waiting.values().iterator();
    Text first = all.next();
    all.remove();
    List<String> ops = new ArrayList<>();
    ops.add(first.json);
    int length = first.json.length();
    while (first.op && ops.size() < OPS_IN_ONE && all.hasNext()) {
      Text more = all.next();
      if (!more.op || length + more.json.length() > LENGTH_OF_ONE) {
        break;
      }
      all.remove();
      length += more.json.length();
      ops.add(more.json);
    }
    characters -= length;
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

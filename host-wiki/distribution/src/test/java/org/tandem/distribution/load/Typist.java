package org.tandem.distribution.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of one page, who types at a caret of its own. Needs no transformation but that of the
 * caret: what it has in flight is an insert at the caret, and what was typed meanwhile goes right
 * behind it. In the server's order a committed insert at the same place stands to the left, so the
 * caret always moves right of it. Threads: the event loop.
 */
final class Typist implements Sockets.Listener {

  /** Keystrokes that may wait for their ack, and changes whose times are known. A power of two. */
  private static final int MEMORY = 8_192;

  private static final int WORD = 6;
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(15);
  private static final int FIRST_BACK_OFF = 250;
  private static final int LONGEST_BACK_OFF = 30_000;
  private static final int OVERLOADED = 1013;

  private final Crowd crowd;
  private final int number;
  private final Witness page;
  private final Random random;
  private final long[] due;
  private final int[] firstOf;
  private final Change own = new Change();

  private @Nullable Channel channel;
  private boolean joined;
  private boolean leaving;
  private int node;
  private int attempts;
  private long rev = -1;
  private int length;
  private int caret;
  private long seq;
  private long began;
  private long asked;
  private long lastHeard;
  private long lastPing;

  /** Ordinals: typed so far, handed to the socket, acknowledged. */
  private int typed;

  private int sent;
  private int acknowledged;

  /** Scheduled time of the next keystroke, and the time between two; 0 for a reader. */
  long next;

  long interval;

  private long lastAck;
  private long longestGap;
  private String lastClosing = "was never closed";

  Typist(Crowd crowd, int number, Witness page, boolean writes, int node) {
    this.crowd = crowd;
    this.number = number;
    this.page = page;
    this.node = node;
    this.random = new Random(number);
    this.due = new long[writes ? MEMORY : 1];
    this.firstOf = new int[writes ? MEMORY : 1];
  }

  void connect() {
    began = crowd.now();
    crowd.open(this, node);
  }

  Witness page() {
    return page;
  }

  int number() {
    return number;
  }

  boolean joined() {
    return joined;
  }

  long rev() {
    return rev;
  }

  int node() {
    return node;
  }

  /** Forgets the gaps so far. */
  void watch(long now) {
    lastAck = now;
    longestGap = 0;
  }

  /** The longest time between two acks since {@link #watch}, in nanoseconds. */
  long longestGap() {
    return longestGap;
  }

  boolean settled() {
    return joined && acknowledged == typed;
  }

  int typed() {
    return typed;
  }

  int acknowledged() {
    return acknowledged;
  }

  // --- writing
  // ------------------------------------------------------------------------------------

  /** The key is pressed; it was due at {@code time}. */
  void type(long time, long now) {
    if (typed - acknowledged == MEMORY - 1) {
      throw new LoadFailure(this + " has " + MEMORY + " keystrokes that were not acknowledged");
    }
    due[typed & (MEMORY - 1)] = time;
    typed++;
    crowd.tally().typed(time, now);
    if (joined && sent == acknowledged) {
      send(now);
    }
  }

  private void send(long now) {
    if (random.nextInt(4 * WORD) == 0) {
      caret = random.nextInt(length);
    }
    seq++;
    firstOf[(int) seq & (MEMORY - 1)] = sent;
    sent = typed;
    crowd.tally().sent(now);
    write();
  }

  /** What is in flight, for the first time or again. */
  private void write() {
    StringBuilder frame = crowd.room();
    frame.append("{\"t\":\"op\",\"seq\":").append(seq).append(",\"rev\":").append(rev);
    frame.append(",\"delta\":[");
    if (caret > 0) {
      frame.append("{\"retain\":").append(caret).append("},");
    }
    frame.append("{\"insert\":\"");
    letters(frame);
    frame.append("\"}]}");
    write(frame);
  }

  private void letters(StringBuilder into) {
    for (int ordinal = acknowledged; ordinal < sent; ordinal++) {
      into.append(ordinal % WORD == WORD - 1 ? ' ' : (char) ('a' + (number + ordinal) % 26));
    }
  }

  private void write(StringBuilder frame) {
    Channel open = channel;
    if (open != null) {
      ByteBuf buffer = open.alloc().buffer(frame.length());
      ByteBufUtil.writeAscii(buffer, frame);
      open.writeAndFlush(new TextWebSocketFrame(buffer), open.voidPromise());
    }
  }

  // --- hearing
  // ------------------------------------------------------------------------------------

  @Override
  public void opened(Channel opened) {
    channel = opened;
    lastHeard = crowd.now();
    if (leaving) {
      opened.close();
      return;
    }
    ask();
  }

  private void ask() {
    asked = crowd.now();
    StringBuilder frame = crowd.room().append("{\"t\":\"join\",\"client\":\"");
    frame.append(FrameReader.client(number)).append("\",\"rev\":");
    write((rev < 0 ? frame.append("null") : frame.append(rev)).append('}'));
  }

  @Override
  public void frame(byte[] bytes, int size) throws IOException {
    long now = crowd.now();
    lastHeard = now;
    crowd.tally().frame(now);
    FrameReader frame = crowd.reader();
    frame.read(bytes, size);
    switch (frame.type) {
      case "op", "ops" -> frame.each(change -> heard(change, now));
      case "ack" -> {
        if (frame.seq == seq && sent > acknowledged) {
          acknowledged(frame.rev, now);
        }
      }
      case "joined" -> joined(frame, now);
      case "error" -> refused(frame);
      default -> {
        // Presence, carets, or of a later version.
      }
    }
    if (joined && sent == acknowledged && typed > sent) {
      send(now);
    }
  }

  private void heard(Change change, long now) {
    if (change.rev != rev + 1) {
      throw new LoadFailure(this + " heard revision " + change.rev + " after " + rev);
    }
    if (change.author == number) {
      if (change.seq != seq || sent == acknowledged) {
        throw new LoadFailure(this + " heard of its change " + change.seq + " a second time");
      }
      acknowledged(change.rev, now);
      return;
    }
    page.heard(change);
    rev = change.rev;
    length += change.growth();
    caret = change.moved(caret);
    if (change.author >= 0) {
      crowd.typist(change.author).arrived(change, now, node);
    }
  }

  /** A change of this client's arrived at another, at a node. */
  private void arrived(Change change, long now, int at) {
    int first = firstOf[(int) change.seq & (MEMORY - 1)];
    for (int i = 0; i < change.inserted.length(); i++) {
      crowd.tally().arrived(due[(first + i) & (MEMORY - 1)], now, at != node);
    }
  }

  private void acknowledged(long as, long now) {
    if (as != rev + 1) {
      throw new LoadFailure(this + " is acknowledged as " + as + " after " + rev);
    }
    own.clear();
    own.rev = as;
    own.seq = seq;
    own.author = number;
    if (caret > 0) {
      own.add(Change.RETAIN, caret);
    }
    letters(own.inserted);
    own.add(Change.INSERT, sent - acknowledged);
    page.heard(own);
    rev = as;
    length += sent - acknowledged;
    caret += sent - acknowledged;
    longestGap = Math.max(longestGap, now - lastAck);
    lastAck = now;
    for (int ordinal = acknowledged; ordinal < sent; ordinal++) {
      crowd.tally().acknowledged(due[ordinal & (MEMORY - 1)], now);
    }
    acknowledged = sent;
  }

  private void joined(FrameReader frame, long now) {
    if (frame.document) {
      if (sent > acknowledged) {
        throw new LoadFailure(this + " got the document while a change was in flight");
      }
      page.given(frame.rev, frame.text);
      rev = frame.rev;
      length = frame.text.length();
      caret = random.nextInt(length);
    } else {
      frame.each(change -> heard(change, now));
    }
    if (!joined) {
      joined = true;
      attempts = 0;
      crowd.joined(now - began, now - asked);
    }
    if (sent > acknowledged) {
      if (frame.acked >= seq) {
        throw new LoadFailure(this + " is told that " + seq + " is durable, and not as what");
      }
      write();
    }
  }

  private void refused(FrameReader frame) {
    if (!frame.code.equals("unavailable") && !frame.code.equals("rate_limited")) {
      throw new LoadFailure(this + " is refused: " + frame.code + ", " + frame.message);
    }
    crowd.refused(frame.code);
    if (frame.seq == seq) {
      crowd.later(Math.max(1, frame.retryAfter), this::again);
    }
  }

  private void again() {
    if (joined && sent > acknowledged) {
      write();
    }
  }

  // --- connection
  // ---------------------------------------------------------------------------------

  /** As the protocol's heartbeat asks. */
  void tick(long now) {
    if (joined && (now - lastHeard > SILENCE || now - lastPing > SILENCE)) {
      lastHeard = now;
      lastPing = now;
      write(crowd.room().append("{\"t\":\"ping\",\"at\":1}"));
    }
  }

  void leave() {
    leaving = true;
    joined = false;
    Channel open = channel;
    if (open != null) {
      open.close();
    }
  }

  /** Joins again from nothing, as a tab that is opened anew. */
  void joinAnew() {
    leaving = false;
    rev = -1;
    joined = false;
    connect();
  }

  boolean gone() {
    return channel == null;
  }

  @Override
  public void closed(int code, String why) {
    lastClosing = code + " " + why + " from node " + node;
    channel = null;
    joined = false;
    if (leaving) {
      return;
    }
    if (!crowd.mayBreak() && code != OVERLOADED) {
      throw new LoadFailure(this + " was closed with " + code + " " + why);
    }
    // A socket that does not open counts like one that broke: the node is on its way down or up.
    node++;
    int longest = Math.min(LONGEST_BACK_OFF, FIRST_BACK_OFF << Math.min(attempts, 7));
    attempts++;
    boolean atOnce = code == 1012 && attempts == 1;
    crowd.later(atOnce ? 1 : 1 + ThreadLocalRandom.current().nextInt(longest), this::connect);
  }

  /** Where it stands, for a failure's message. */
  String story() {
    return this
        + (joined ? " joined, " : channel == null ? " not connected, " : " not joined, ")
        + acknowledged
        + " of "
        + typed
        + " acknowledged, attempt "
        + attempts
        + ", last closing: "
        + lastClosing;
  }

  @Override
  public String toString() {
    return "client " + FrameReader.client(number) + " of page " + page.page();
  }
}

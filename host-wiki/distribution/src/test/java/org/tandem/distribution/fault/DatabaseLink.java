package org.tandem.distribution.fault;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy between a wiki and PostgreSQL that reads what the wiki says, so that it can break a
 * connection in the midst of a commit. Only the connections of co-editing's own pool are meant.
 */
final class DatabaseLink implements AutoCloseable {

  /** What becomes of a commit and of the connection that it came on. */
  enum Break {
    /** The database never hears of the commit. */
    BEFORE,
    /** The database commits, and the wiki never hears of it. */
    AFTER,
    /** The wiki sees a broken connection, and the commit comes to the database a while later. */
    LATE,
    /** The commit takes long, and all is well. */
    SLOW
  }

  private static final String POOL = "tandem-collab";
  private static final long WHILE = TimeUnit.MILLISECONDS.toNanos(1_200);
  private static final int SSL_REQUEST = 80_877_103;
  private static final int LONGEST = 64_000_000;

  private final Link link;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private volatile int every;

  DatabaseLink(int database) {
    link = Link.to(database, this::run);
  }

  int port() {
    return link.port();
  }

  Link link() {
    return link;
  }

  /** Breaks each so many-th commit, in all ways by turns; 0 for none. */
  void breakCommits(int each) {
    every = each;
  }

  /** Commits that were broken so far. */
  int broken() {
    return broken.get();
  }

  private void run(Link.Connection connection) throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(connection.caller().getInputStream()));
    OutputStream out = new BufferedOutputStream(connection.called().getOutputStream());
    Statements said = new Statements();
    said.greet(in, out);
    while (true) {
      byte type = in.readByte();
      byte[] body = body(in);
      byte[] frame = frame(type, body);
      if (said.isCommit(type, body)) {
        pass(connection, out, frame);
      } else {
        out.write(frame);
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** What one connection has said so far. */
  private static final class Statements {

    private final Set<String> commits = new HashSet<>();
    private boolean ours;

    /** Passes on the frames before the first that has a type. */
    void greet(DataInputStream in, OutputStream out) throws IOException {
      byte[] body;
      do {
        body = body(in);
        note(new String(body, StandardCharsets.ISO_8859_1));
        out.write(ByteBuffer.allocate(4 + body.length).putInt(4 + body.length).put(body).array());
        out.flush();
      } while (ByteBuffer.wrap(body).getInt() == SSL_REQUEST);
    }

    /** The driver prepares its commits after a few of them, and then says only their name. */
    boolean isCommit(byte type, byte[] body) {
      switch (type) {
        case 'Q':
          note(text(body, 0));
          return ours && isCommit(text(body, 0));
        case 'P':
          String name = text(body, 0);
          String statement = text(body, name.length() + 1);
          note(statement);
          commits.remove(name);
          if (isCommit(statement)) {
            commits.add(name);
          }
          return false;
        case 'B':
          return ours && commits.contains(text(body, text(body, 0).length() + 1));
        default:
          return false;
      }
    }

    /** The driver tells the pool's name at once or in a statement of its own. */
    private void note(String text) {
      ours |= text.contains(POOL);
    }

    private static boolean isCommit(String statement) {
      return statement.strip().toUpperCase(Locale.ROOT).equals("COMMIT");
    }
  }

  private static byte[] body(DataInputStream in) throws IOException {
    int length = in.readInt() - 4;
    if (length < 0 || length > LONGEST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  private static byte[] frame(byte type, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put(type).putInt(4 + body.length).put(body).array();
  }

  /** The text from an offset up to the next zero byte; names are ASCII. */
  private static String text(byte[] body, int from) {
    int to = from;
    while (to < body.length && body[to] != 0) {
      to++;
    }
    return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private void pass(Link.Connection connection, OutputStream out, byte[] frame) throws IOException {
    int each = every;
    if (each == 0 || commits.incrementAndGet() % each != 0) {
      out.write(frame);
      return;
    }
    Break how = Break.values()[broken.getAndIncrement() % Break.values().length];
    switch (how) {
      case BEFORE -> {
        connection.breakOff();
        return;
      }
      case AFTER -> connection.loseAnswers();
      case LATE -> {
        connection.loseAnswers();
        connection.leaveCaller();
        LockSupport.parkNanos(WHILE);
      }
      case SLOW -> LockSupport.parkNanos(WHILE);
    }
    out.write(frame);
    if (how == Break.LATE) {
      finish(connection, out);
    }
  }

  /** What the wiki would have said after its commit, had it not seen a broken connection. */
  private static void finish(Link.Connection connection, OutputStream out) throws IOException {
    out.write(frame((byte) 'E', new byte[] {0, 0, 0, 0, 0}));
    out.write(frame((byte) 'S', new byte[0]));
    out.flush();
    connection.awaitEnd();
  }

  @Override
  public void close() {
    link.close();
  }
}

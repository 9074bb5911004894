package org.tandem.distribution.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.tandem.distribution.RunningWiki;

/**
 * A TCP proxy on loopback in front of one port, which a test cuts and mends. Threads: safe for use
 * by any thread; it has three of its own for each connection. Failure: a connection that breaks on
 * one side is broken on the other.
 */
final class Link implements AutoCloseable {

  /** How bytes go from the one who connected to the one who was called. */
  interface Course {
    void run(Connection connection) throws IOException;
  }

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int BYTES = 16_384;
  private static final int BACKLOG = 100;

  private final int port;
  private final int target;
  private final Course course;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket door;
  private boolean silent;

  private Link(int port, int target, Course course) {
    this.port = port;
    this.target = target;
    this.course = course;
  }

  /** A link that carries everything. */
  static Link to(int target) {
    return to(target, connection -> copy(connection, connection.caller(), connection.called()));
  }

  static Link to(int target, Course course) {
    Link link = new Link(RunningWiki.freePort(), target, course);
    link.mend();
    return link;
  }

  int port() {
    return port;
  }

  /** As on a line that is cut somewhere: nothing is carried, nobody is told, nobody gets in. */
  synchronized void silence() {
    silent = true;
    shut();
  }

  /** All connections break, and nobody gets in. */
  synchronized void cut() {
    shut();
    breakAll();
  }

  void breakAll() {
    open.forEach(Connection::breakOff);
  }

  /** Carries again, also what was held back meanwhile. */
  synchronized void mend() {
    silent = false;
    notifyAll();
    if (door != null) {
      return;
    }
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(HERE, port), BACKLOG);
      door = opened;
      thread("accepts", () -> accept(opened));
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  private void shut() {
    ServerSocket opened = door;
    door = null;
    close(opened);
  }

  private void accept(ServerSocket opened) {
    while (true) {
      try {
        Socket caller = opened.accept();
        thread("connects", () -> connect(caller));
      } catch (IOException shut) {
        return;
      }
    }
  }

  private void connect(Socket caller) {
    try {
      Socket called = new Socket(HERE, target);
      caller.setTcpNoDelay(true);
      called.setTcpNoDelay(true);
      Connection connection = new Connection(caller, called);
      open.add(connection);
      thread("answers", () -> connection.carry(self -> copy(self, called, caller)));
      connection.carry(course);
    } catch (IOException away) {
      close(caller);
    }
  }

  private static void copy(Connection connection, Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] bytes = new byte[BYTES];
    int count = in.read(bytes);
    while (count >= 0) {
      if (connection.answersAreLost && from == connection.called) {
        return;
      }
      connection.awaitVoice();
      out.write(bytes, 0, count);
      count = in.read(bytes);
    }
  }

  private static void thread(String does, Runnable work) {
    Thread thread = new Thread(work, "link-" + does);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(@Nullable AutoCloseable socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (Exception broken) {
      // It is of no use any more.
    }
  }

  @Override
  public void close() {
    cut();
    mendSilence();
  }

  private synchronized void mendSilence() {
    silent = false;
    notifyAll();
  }

  /** Two sockets that belong together. */
  final class Connection {

    private final Socket caller;
    private final Socket called;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean answersAreLost;

    Connection(Socket caller, Socket called) {
      this.caller = caller;
      this.called = called;
    }

    Socket caller() {
      return caller;
    }

    Socket called() {
      return called;
    }

    /** The next answer breaks the connection, and the caller does not get it. */
    void loseAnswers() {
      answersAreLost = true;
    }

    /** The caller sees a broken connection, the called one does not. */
    void leaveCaller() {
      close(caller);
    }

    void breakOff() {
      open.remove(this);
      close(caller);
      close(called);
      ended.countDown();
    }

    /** Returns when the called one has answered or gone. */
    void awaitEnd() throws IOException {
      try {
        ended.await();
      } catch (InterruptedException stopped) {
        throw new IOException(stopped);
      }
    }

    private void carry(Course part) {
      try {
        part.run(this);
      } catch (IOException broken) {
        // Both sides hear of it below.
      } finally {
        breakOff();
      }
    }

    private void awaitVoice() throws IOException {
      synchronized (Link.this) {
        while (silent) {
          try {
            Link.this.wait();
          } catch (InterruptedException stopped) {
            throw new IOException(stopped);
          }
        }
      }
    }
  }
}

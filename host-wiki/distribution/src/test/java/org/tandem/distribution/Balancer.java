package org.tandem.distribution;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer without hashing and without stickiness: each connection goes to the next node
 * that takes it. Threads: its own.
 */
final class Balancer implements AutoCloseable {

  private final List<Integer> nodes;
  private final ServerSocket front;
  private final AtomicInteger next = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "balancer");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param nodes their ports
   */
  Balancer(int port, List<Integer> nodes) {
    this.nodes = List.copyOf(nodes);
    try {
      this.front = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    threads.execute(this::accept);
  }

  URI address() {
    return URI.create("http://localhost:" + front.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = front.accept();
        threads.execute(() -> join(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void join(Socket client) {
    open.add(client);
    for (int i = 0; i < nodes.size(); i++) {
      int port = nodes.get(Math.floorMod(next.getAndIncrement(), nodes.size()));
      try {
        Socket node = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(node);
        node.setTcpNoDelay(true);
        client.setTcpNoDelay(true);
        threads.execute(() -> pass(node, client));
        pass(client, node);
        return;
      } catch (IOException refused) {
        // This one starts or ends: the next.
      }
    }
    end(client);
  }

  private void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException gone) {
      // Either side has ended; so does the other now.
    } finally {
      end(from);
      end(to);
    }
  }

  private void end(Socket socket) {
    open.remove(socket);
    close(socket);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    close(front);
    open.forEach(Balancer::close);
    threads.shutdownNow();
  }
}

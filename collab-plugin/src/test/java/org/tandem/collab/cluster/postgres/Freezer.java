package org.tandem.collab.cluster.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.tandem.db.DatabaseAddress;

/**
 * A way to the database whose connections can fall silent for ever without being closed, as when a
 * machine on the way loses its power. Those that are opened afterwards work.
 */
final class Freezer implements AutoCloseable {

  private final URI target;
  private final ServerSocket door;
  private final List<Way> ways = new CopyOnWriteArrayList<>();

  private static final class Way {
    private final Socket near;
    private final Socket far;
    private volatile boolean frozen;

    Way(Socket near, Socket far) {
      this.near = near;
      this.far = far;
    }

    void carry(Socket from, Socket to) {
      byte[] bytes = new byte[8_192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          if (!frozen) {
            out.write(bytes, 0, read);
          }
        }
      } catch (IOException ended) {
        // so does the way
      }
      if (!frozen) {
        end();
      }
    }

    void end() {
      try (near;
          far) {
        frozen = true;
      } catch (IOException gone) {
        // it is closed either way
      }
    }
  }

  Freezer(DatabaseAddress database) throws IOException {
    target = URI.create(database.url().substring("jdbc:".length()));
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground(this::accept);
  }

  private static void inBackground(Runnable task) {
    Thread thread = new Thread(task, "freezer");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Way way = new Way(door.accept(), new Socket(target.getHost(), target.getPort()));
        ways.add(way);
        inBackground(() -> way.carry(way.near, way.far));
        inBackground(() -> way.carry(way.far, way.near));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + door.getLocalPort() + target.getPath();
  }

  void freeze() {
    ways.forEach(way -> way.frozen = true);
  }

  @Override
  public void close() throws IOException {
    door.close();
    ways.forEach(Way::end);
  }
}

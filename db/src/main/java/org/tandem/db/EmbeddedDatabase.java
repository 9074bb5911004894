package org.tandem.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that belongs to one data folder: made there at the first start, kept between
 * starts, durable, reachable on the loopback address only and with a password only.
 *
 * <p>Life cycle: {@link #start}, then {@link #close}, which stops the server. After a kill the next
 * start ends what is left and recovers. Threads: start and close are called by one thread.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  static final String SUPERUSER = "postgres";

  private static final String NAME = "tandem";
  private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\n";

  private final PostgresCluster cluster;
  private final FolderLock lock;
  private final DatabaseAddress address;

  private EmbeddedDatabase(PostgresCluster cluster, FolderLock lock, DatabaseAddress address) {
    this.cluster = cluster;
    this.lock = lock;
    this.address = address;
  }

  /**
   * Starts the server of a folder.
   *
   * @param folder belongs to the database alone; made when it is not there
   * @param port empty for the one it had before, or else a free one
   * @throws DatabaseRefusal one sentence: the folder is in use or cannot be written, the port is
   *     taken, the server does not start
   */
  public static EmbeddedDatabase start(Path folder, OptionalInt port) throws DatabaseRefusal {
    Path own = folder.toAbsolutePath();
    try {
      Files.createDirectories(own);
    } catch (IOException unwritable) {
      throw new DatabaseRefusal("The data folder " + own + " cannot be written.");
    }
    FolderLock lock = FolderLock.take(own);
    try {
      return start(own, port, lock);
    } catch (IOException fault) {
      lock.close();
      throw new DatabaseRefusal("The embedded PostgreSQL cannot use " + own + ": " + fault);
    } catch (DatabaseRefusal | RuntimeException refused) {
      lock.close();
      throw refused;
    }
  }

  private static EmbeddedDatabase start(Path folder, OptionalInt wanted, FolderLock lock)
      throws DatabaseRefusal, IOException {
    PostgresCluster cluster =
        new PostgresCluster(
            PostgresBinaries.unpack(folder), folder.resolve("data"), folder.resolve("server.log"));
    if (!cluster.exists()) {
      cluster.initialise();
    } else if (!cluster.version().equals(String.valueOf(PostgresBinaries.MAJOR))) {
      throw new DatabaseRefusal(
          "The data folder "
              + folder
              + " was made by PostgreSQL "
              + cluster.version()
              + ", and this Tandem brings "
              + PostgresBinaries.MAJOR
              + ": move it over with pg_dump and pg_restore.");
    }
    cluster.clearAway();
    int port = wanted.isPresent() ? wanted.getAsInt() : port(folder);
    String password = secret(folder.resolve("password"));
    cluster.start(port, settings());
    try {
      Files.writeString(folder.resolve("port"), port + "\n");
      DatabaseAddress address =
          new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME, NAME, password);
      FirstUse.prepare(address, folder.resolve("data").resolve("pg_hba.conf"), HBA);
      return new EmbeddedDatabase(cluster, lock, address);
    } catch (DatabaseRefusal | IOException | RuntimeException fault) {
      cluster.stop();
      throw fault;
    }
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fsync", "on");
    settings.put("full_page_writes", "on");
    settings.put("synchronous_commit", "on");
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", "200");
    settings.put("shared_buffers", "128MB");
    settings.put("timezone", "UTC");
    settings.put("log_timezone", "UTC");
    return settings;
  }

  /**
   * The port of the last start, while nobody else has it, so that a second node's setting stays.
   */
  private static int port(Path folder) throws IOException {
    Path remembered = folder.resolve("port");
    if (Files.exists(remembered)) {
      String text = Files.readString(remembered).strip();
      if (text.matches("\\d{1,5}") && free(Integer.parseInt(text))) {
        return Integer.parseInt(text);
      }
    }
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  private static String secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[24];
      new SecureRandom().nextBytes(bytes);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return Files.readString(file).strip();
  }

  /** The database, as its owner. */
  public DatabaseAddress address() {
    return address;
  }

  /** Stops the server, in order; connections that are still open are ended. */
  @Override
  public void close() throws DatabaseRefusal {
    try {
      cluster.stop();
    } catch (IOException fault) {
      throw new DatabaseRefusal("The embedded PostgreSQL did not stop: " + fault.getMessage());
    } finally {
      lock.close();
    }
  }

  /** One living wiki for each folder: the lock ends with the process, however it ends. */
  private record FolderLock(FileChannel channel, FileLock lock) implements AutoCloseable {

    static FolderLock take(Path folder) throws DatabaseRefusal {
      try {
        FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
          channel.close();
          throw new DatabaseRefusal(
              "Another wiki is running on " + folder + ": stop it, or set another TANDEM_DATA.");
        }
        return new FolderLock(channel, lock);
      } catch (IOException unwritable) {
        throw new DatabaseRefusal("The data folder " + folder + " cannot be written.");
      }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
      try {
        return channel.tryLock();
      } catch (OverlappingFileLockException here) {
        return null;
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The lock ends with the process anyway.
      }
    }
  }
}

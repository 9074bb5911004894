package org.tandem.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.OptionalInt;

/**
 * What a folder remembers of its server, so that the address and the password that a second node
 * was given stay good.
 */
record FolderFacts(Path folder) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 24;

  /** Below the ports that systems give to outgoing connections, one of which might be ours. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;
  private static final int TRIES = 50;

  /** The file that holds the password, made when it is not there. */
  Path passwordFile() throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file) || Files.readString(file).isBlank()) {
      byte[] bytes = new byte[SECRET_BYTES];
      RANDOM.nextBytes(bytes);
      write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
    return file;
  }

  /** The port of the last start while nobody else has it, or else another. */
  int port() throws IOException {
    OptionalInt remembered = rememberedPort();
    if (remembered.isPresent() && free(remembered.getAsInt())) {
      return remembered.getAsInt();
    }
    for (int tried = 0; tried < TRIES; tried++) {
      int port = FIRST_PORT + RANDOM.nextInt(PORTS);
      if (free(port)) {
        return port;
      }
    }
    try (ServerSocket any = new ServerSocket(0, 1, loopback())) {
      return any.getLocalPort();
    }
  }

  /** The port of the last start that came to its end; empty when there was none. */
  OptionalInt rememberedPort() throws IOException {
    Path remembered = folder.resolve("port");
    if (Files.exists(remembered)) {
      String text = Files.readString(remembered).strip();
      if (text.matches("\\d{1,5}")) {
        return OptionalInt.of(Integer.parseInt(text));
      }
    }
    return OptionalInt.empty();
  }

  void remember(int port) throws IOException {
    write(folder.resolve("port"), port + "\n");
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port));
      return true;
    } catch (IOException | IllegalArgumentException taken) {
      return false;
    }
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  /** Whole and on disk, or not at all; for this user's eyes only. */
  private void write(Path file, String text) throws IOException {
    Path fresh = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

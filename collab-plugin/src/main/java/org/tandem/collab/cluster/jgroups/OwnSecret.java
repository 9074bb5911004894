package org.tandem.collab.cluster.jgroups;

import java.io.IOException;
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
import org.tandem.collab.cluster.ClusterRefusal;

/**
 * The secret of a node whose admin has set none: made once, kept in a file that only the wiki's
 * user can read, to be given to the nodes that shall join later.
 */
public record OwnSecret(Path file) {

  private static final int BYTES = 24;

  String read() throws ClusterRefusal {
    try {
      if (!Files.exists(file) || Files.readString(file).isBlank()) {
        make();
      }
      return Files.readString(file).strip();
    } catch (IOException unusable) {
      throw new ClusterRefusal("The file of the cluster secret cannot be used: " + unusable);
    }
  }

  /** Whole and on disk, or not at all: a start may be cut short anywhere. */
  private void make() throws IOException {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(ByteBuffer.wrap(secret.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

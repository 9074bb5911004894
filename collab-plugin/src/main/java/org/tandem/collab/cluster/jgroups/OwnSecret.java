package org.tandem.collab.cluster.jgroups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.tandem.collab.cluster.ClusterRefusal;

/**
 * The secret of a node whose admin has set none: made once, kept in a file that only the wiki's
 * user can read, to be given to the nodes that shall join later.
 */
public record OwnSecret(Path file) {

  private static final int BYTES = 24;

  String read() throws ClusterRefusal {
    try {
      if (!Files.exists(file)) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      return Files.readString(file).strip();
    } catch (IOException unusable) {
      throw new ClusterRefusal("The file of the cluster secret cannot be used: " + unusable);
    }
  }
}

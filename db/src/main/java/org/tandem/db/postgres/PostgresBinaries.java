package org.tandem.db.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path once for each version of the artifact. They
 * lie in the data folder: it is ours, and a temporary folder may be swept while the server runs.
 */
final class PostgresBinaries {

  /** The version of the artifact that the build names. */
  static final int MAJOR = 18;

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String PREFIX = "postgresql-";

  private PostgresBinaries() {}

  /**
   * The folder that holds {@code bin/postgres}, below {@code folder}.
   *
   * @throws PostgresFailure on a platform that the artifact is not made for
   */
  static Path unpack(Path folder) throws PostgresFailure, IOException {
    if (!runsHere() || PostgresBinaries.class.getResource(ARCHIVE) == null) {
      throw new PostgresFailure(
          "There is no embedded PostgreSQL for this platform: set TANDEM_DATABASE_URL to a"
              + " PostgreSQL of your own.");
    }
    Path home = folder.resolve(PREFIX + MAJOR + "-" + checksum());
    if (Files.exists(home)) {
      return home;
    }
    Unfinished fresh = Unfinished.in(folder);
    try (InputStream archive = open()) {
      extract(archive, fresh.path());
    }
    fresh.finish(home);
    for (Path other : Unfinished.children(folder)) {
      if (other.getFileName().toString().startsWith(PREFIX) && !other.equals(home)) {
        Unfinished.remove(other);
      }
    }
    return home;
  }

  private static boolean runsHere() {
    return System.getProperty("os.name").startsWith("Linux")
        && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
  }

  private static InputStream open() throws IOException {
    InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null) {
      throw new IOException("the programs are not on the class path");
    }
    return archive;
  }

  /** Another patch version has other bytes and gets a folder of its own. */
  private static String checksum() throws IOException {
    try (CheckedInputStream archive = new CheckedInputStream(open(), new CRC32())) {
      archive.transferTo(OutputStream.nullOutputStream());
      return String.format("%08x", archive.getChecksum().getValue());
    }
  }

  private static void extract(InputStream archive, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, target);
          boolean runs = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }
}

package org.tandem.wiki.plugin.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.tandem.api.plugin.PluginRefusal;

/**
 * The folder below which archives are unpacked, each into one of its own. Threads: used by one
 * thread at a time.
 *
 * <p>After a crash: a folder has its final name only when it is complete; what was begun is deleted
 * at the next start.
 */
public final class UnpackedFolders {

  private static final String BEGUN = "unpacking-";

  private final Path root;

  public UnpackedFolders(Path root) {
    this.root = root;
  }

  /** Unpacks the archive, unless that was done before; the folder. */
  public Path unpack(PluginArchive archive) throws PluginRefusal {
    Path folder = root.resolve(archive.folderName());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      Path begun = Files.createTempDirectory(root, BEGUN);
      try (ZipFile zip = new ZipFile(archive.file().toFile())) {
        unpack(archive, zip, begun);
        // On disk before it has its name: after a power cut, what is there is whole.
        toDisk(begun);
        Files.move(begun, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(begun);
      }
      return folder;
    } catch (ZipException damaged) {
      throw PluginArchive.refusal(archive.file(), "is damaged: copy it again");
    } catch (IOException full) {
      throw PluginArchive.refusal(
          archive.file(), "cannot be unpacked to " + folder + ": " + full.getMessage());
    }
  }

  private static void unpack(PluginArchive archive, ZipFile zip, Path folder)
      throws IOException, PluginRefusal {
    long left = PluginArchive.MAX_BYTES;
    for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      Path target = folder.resolve(entry.getName()).normalize();
      if (!PluginArchive.isBelow(folder, entry.getName())) {
        throw PluginArchive.refusal(archive.file(), "has changed while it was read");
      } else if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else {
        Files.createDirectories(target.getParent());
        left -= copy(zip, entry, target, left);
        if (left < 0) {
          throw PluginArchive.refusal(archive.file(), "unpacks to more than it says");
        }
      }
    }
  }

  private static void toDisk(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }

  /** Copies at most one byte more than is left: what an entry says of its size may be wrong. */
  private static long copy(ZipFile zip, ZipEntry entry, Path target, long left) throws IOException {
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[64 * 1024];
      long copied = 0;
      for (int read = in.read(buffer); read >= 0 && copied <= left; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        copied += read;
      }
      return copied;
    }
  }

  /** Deletes what no archive of these needs. */
  public void keepOnly(Set<PluginArchive> archives) throws IOException {
    Set<Path> needed = new HashSet<>();
    archives.forEach(archive -> needed.add(root.resolve(archive.folderName())));
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(path -> !needed.contains(path)).toList()) {
        delete(folder);
      }
    }
  }

  /** Deletes a folder with all that is in it; does nothing when it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package org.tandem.wiki.plugin.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.tandem.api.plugin.PluginRefusal;

/**
 * This node's copies of archives, each under the hash of its content. Threads: used by one thread
 * at a time.
 *
 * <p>After a crash: a file has its final name only when it is complete.
 */
public final class ArchiveFiles {

  private static final String ENDING = ".zip";
  private static final String BEGUN = "copying-";

  private static final String IN_USE = "in-use";

  private final Path folder;

  /** Those that were read since the start: what they hold is known. */
  private final Map<String, PluginArchive> read = new ConcurrentHashMap<>();

  /**
   * @param folder of the copies alone
   */
  public ArchiveFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes an archive to a file that is there and empty; false when it is not to be had. */
  @FunctionalInterface
  public interface Source {
    boolean write(Path file) throws IOException;
  }

  /**
   * The copy of the archive, made when it is not there yet.
   *
   * @throws PluginRefusal when it is not to be had, or is not what its hash says
   */
  public PluginArchive get(String sha256, Source source) throws PluginRefusal {
    PluginArchive known = read.get(sha256);
    return known == null ? fetched(sha256, source) : known;
  }

  private PluginArchive fetched(String sha256, Source source) throws PluginRefusal {
    Path copy = folder.resolve(sha256 + ENDING);
    try {
      if (!isWhole(copy, sha256)) {
        Path begun = Files.createTempFile(folder, BEGUN, ENDING);
        try {
          if (!source.write(begun)) {
            throw PluginArchive.refusal(copy, "is not in the database any more");
          }
          try (FileChannel channel = FileChannel.open(begun, StandardOpenOption.WRITE)) {
            channel.force(true);
          }
          Files.move(begun, copy, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(begun);
        }
      }
      PluginArchive archive = PluginArchive.read(copy);
      if (archive.sha256().equals(sha256)) {
        read.put(sha256, archive);
        return archive;
      }
      Files.delete(copy);
    } catch (IOException unusable) {
      throw PluginRefusal.ofPlugin(
          "The folder " + folder + " cannot be used: " + unusable.getMessage() + ".");
    }
    throw PluginArchive.refusal(copy, "is damaged: try again");
  }

  /** A copy that a crash has left damaged is made anew. */
  private static boolean isWhole(Path copy, String sha256) throws IOException {
    if (Files.isRegularFile(copy) && Hashes.ofFile(copy).equals(sha256)) {
      return true;
    }
    Files.deleteIfExists(copy);
    return false;
  }

  /**
   * Copies an archive that was read from elsewhere.
   *
   * @throws PluginRefusal when there is no room
   */
  public PluginArchive keep(PluginArchive archive) throws PluginRefusal {
    return get(
        archive.sha256(),
        copy -> {
          Files.copy(archive.file(), copy, StandardCopyOption.REPLACE_EXISTING);
          return true;
        });
  }

  /** Deletes all but these, and what was begun. */
  public void keepOnly(Set<String> hashes) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(IN_USE) && !hashes.contains(name.replace(ENDING, ""))) {
          Files.delete(file);
        }
      }
    }
    read.keySet().retainAll(hashes);
  }

  /** Notes which of the archives are the ones in use, for programs beside this node. */
  public void remember(List<String> hashes) throws IOException {
    Path begun = Files.createTempFile(folder, BEGUN, ENDING);
    try {
      Files.write(begun, hashes);
      Files.move(
          begun,
          folder.resolve(IN_USE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(begun);
    }
  }

  /** The archives in use as they were noted last; empty when that was never done. */
  public Optional<List<Path>> remembered() throws IOException {
    Path noted = folder.resolve(IN_USE);
    if (!Files.isRegularFile(noted)) {
      return Optional.empty();
    }
    return Optional.of(
        Files.readAllLines(noted).stream()
            .map(hash -> folder.resolve(hash + ENDING))
            .filter(Files::isRegularFile)
            .toList());
  }
}

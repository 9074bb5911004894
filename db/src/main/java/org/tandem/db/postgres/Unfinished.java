package org.tandem.db.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is being made. It has its own name only when all of it is there and on disk, so
 * that a start that was cut short, by a kill or a power cut, leaves nothing that looks whole.
 */
record Unfinished(Path path) {

  private static final String PREFIX = "unfinished";

  /** An empty folder below {@code parent}; what earlier starts left unfinished is removed. */
  static Unfinished in(Path parent) throws IOException {
    for (Path left : children(parent)) {
      if (left.getFileName().toString().startsWith(PREFIX)) {
        remove(left);
      }
    }
    return new Unfinished(Files.createTempDirectory(parent, PREFIX));
  }

  /** Gives the folder its name. */
  void finish(Path target) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      all.filter(file -> !Files.isSymbolicLink(file)).forEach(Unfinished::toDisk);
    } catch (UncheckedIOException fault) {
      throw fault.getCause();
    }
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    toDisk(target.getParent());
  }

  private static void toDisk(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  /** As much of it as goes: a program of an earlier start may still write there. */
  static void remove(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        path.toFile().delete();
      }
    } catch (UncheckedIOException vanished) {
      // Gone while it was listed, which is what was wanted.
    }
  }
}

package org.tandem.wiki.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where plugins are on this node.
 *
 * @param archives what the admin has put there; may be missing
 * @param unpacked one folder for each archive
 * @param data one folder for each plugin's own data
 */
public record PluginFolders(Path archives, Path unpacked, Path data) {

  /** The archives, by file name. */
  List<Path> list() throws IOException {
    if (!Files.isDirectory(archives)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(archives)) {
      return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
    }
  }

  Path dataOf(String id) throws IOException {
    return Files.createDirectories(data.resolve(id));
  }
}

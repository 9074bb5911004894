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
 * @param copies the node's copies of the archives that are installed
 * @param unpacked one folder for each archive
 * @param data one folder for each plugin's own data
 */
public record PluginFolders(Path archives, Path copies, Path unpacked, Path data) {

  /** The folders of a node with this data folder; none of them is made. */
  public static PluginFolders of(Path archives, Path data) {
    return new PluginFolders(
        archives,
        data.resolve("plugin-archives"),
        data.resolve("plugins"),
        data.resolve("plugin-data"));
  }

  /** Makes those that are the node's own. */
  public PluginFolders made() throws IOException {
    Files.createDirectories(copies);
    Files.createDirectories(unpacked);
    Files.createDirectories(data);
    return this;
  }

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

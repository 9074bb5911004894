package org.tandem.api.compatibility;

import com.github.zafarkhaja.semver.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The signatures of the last version, in one jar that has its number in its name.
 *
 * @param version that it shows
 * @param signatures the jar's bytes
 */
record Baseline(Version version, byte[] signatures) {

  private static final String PREFIX = "tandem-plugin-api-";
  private static final String SUFFIX = ".jar";

  /** The one that stands in the folder. */
  static Baseline in(Path folder) throws IOException {
    List<Path> jars = jars(folder);
    if (jars.size() != 1) {
      throw new IllegalStateException(
          folder + " must hold one jar, the last version's signatures, and holds " + jars + ".");
    }
    String name = jars.get(0).getFileName().toString();
    return new Baseline(
        Version.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())),
        Files.readAllBytes(jars.get(0)));
  }

  /** Takes the place of the one that stands in the folder. */
  void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Path former : jars(folder)) {
      Files.delete(former);
    }
    Files.write(folder.resolve(PREFIX + version + SUFFIX), signatures);
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
  }

  /**
   * Writes that of the version that is built.
   *
   * @param args folder of its classes, folder of the baseline, version
   */
  public static void main(String[] args) throws IOException {
    Version released = Version.parse(args[2]).toStableVersion();
    new Baseline(released, Signatures.of(Path.of(args[0]))).writeTo(Path.of(args[1]));
  }
}

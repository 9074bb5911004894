package org.tandem.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Somebody at a terminal, in a folder with the sources that the tutorial needs. Her {@code mvn} is
 * the machine's with a local repository of her own, which gets libraries from the machine's; this
 * build has installed there what {@code mvn install} would build a second time, and that command is
 * only checked ({@code validate}). Threads: one test's.
 */
final class Newcomer {

  private static final long MINUTES = 8;

  private static final String MVN =
      """
      #!/bin/sh
      set -eu
      if [ "$1" = install ]; then
        shift
        exec "@maven@" -B -ntp -q validate "$@"
      fi
      echo "$*" >> "@builds@"
      exec "@maven@" -B -ntp -s "@settings@" -Dmaven.repo.local="@repository@" "$@"
      """;

  /** What was fetched for this build is not fetched again. */
  private static final String SETTINGS =
      """
      <settings>
        <profiles>
          <profile>
            <id>machine</id>
            <repositories>
              <repository>
                <id>machine</id>
                <url>@machine@</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository>
                <id>machine</id>
                <url>@machine@</url>
                <releases><checksumPolicy>ignore</checksumPolicy></releases>
                <snapshots><enabled>false</enabled></snapshots>
              </pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles>
          <activeProfile>machine</activeProfile>
        </activeProfiles>
      </settings>
      """;

  private final Path log;
  private final Path commands;
  private final ProcessBuilder shell;
  private Path folder;

  /**
   * @param sources the folder that the tutorial begins in
   * @param place where to work
   * @param variables of the environment
   */
  Newcomer(Path sources, Path place, Map<String, Path> variables) throws IOException {
    this.folder = Files.createDirectory(place.resolve("tandem"));
    this.log = place.resolve("terminal.log");
    this.commands = Files.createDirectory(place.resolve("commands"));
    copy(sources, folder);
    this.shell = new ProcessBuilder().redirectErrorStream(true);
    Path java = Path.of(System.getProperty("java.home"));
    Map<String, String> environment = shell.environment();
    environment.put(
        "PATH",
        String.join(
            File.pathSeparator,
            commands.toString(),
            java.resolve("bin").toString(),
            environment.get("PATH")));
    environment.put("JAVA_HOME", java.toString());
    // Programs that end after some seconds: what the second compiler does for them is lost.
    environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    variables.forEach((name, value) -> environment.put(name, value.toString()));
    maven();
  }

  /** What Maven and the template read of the sources. */
  private static void copy(Path sources, Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(sources.resolve("plugin-api").resolve("template"))) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        copy(file, sources, folder);
      }
    }
    try (Stream<Path> tree = Files.walk(sources, 4)) {
      for (Path file : tree.filter(Newcomer::isOfAModule).toList()) {
        copy(file, sources, folder);
      }
    }
  }

  private static boolean isOfAModule(Path path) {
    return path.endsWith("pom.xml")
        && !path.toString().matches(".*/(target|node_modules|template)/.*");
  }

  private static void copy(Path file, Path sources, Path folder) throws IOException {
    Path copy = folder.resolve(sources.relativize(file));
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private void maven() throws IOException {
    Path settings = commands.resolve("settings.xml");
    String machines = Path.of(System.getProperty("tandem.machine.repository")).toUri().toString();
    Files.writeString(settings, SETTINGS.replace("@machine@", machines));
    Path repository = Path.of(System.getProperty("tandem.repository")).toAbsolutePath().normalize();
    Path mvn = commands.resolve("mvn");
    String script =
        MVN.replace("@maven@", machinesMaven().toString())
            .replace("@settings@", settings.toString())
            .replace("@repository@", repository.toString())
            .replace("@builds@", commands.resolve("builds").toString());
    Files.writeString(mvn, script);
    Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path machinesMaven() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(entry -> Path.of(entry, "mvn"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("mvn is not on the path"));
  }

  /** Types the commands, one line after the other; a line that fails ends it. */
  void types(String lines) throws IOException, InterruptedException {
    Path where = commands.resolve("where");
    Path script = Files.writeString(commands.resolve("script"), lines + "\npwd > " + where + "\n");
    Process process =
        shell
            .command("sh", "-eu", script.toString())
            .directory(folder.toFile())
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      throw new AssertionError("does not end:\n" + lines + Files.readString(log));
    }
    assertEquals(0, process.exitValue(), () -> lines + said());
    folder = Path.of(Files.readString(where).strip());
  }

  private String said() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** Makes this the content of a file below the folder in which she is. */
  void puts(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      throw new AssertionError("the template has no file " + file);
    }
    Files.writeString(path, text);
  }

  /** How often a plugin was built. */
  int builds() throws IOException {
    List<String> builds = Files.readAllLines(commands.resolve("builds"));
    return builds.size();
  }
}

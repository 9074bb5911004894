package org.tandem.testkit.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.readme.Readme;
import org.tandem.testkit.PluginArchive;

/**
 * A whole class of the README that is a plugin. Its id is the class's name in lower case: {@code
 * OwnWords} and {@code OwnWordsPlugin} are the plugin {@code own-words}.
 *
 * @param type the name of the class
 * @param source all of it
 * @param line where it stands in the README
 */
public record Example(String type, String source, int line) {

  private static final Pattern PLUGIN =
      Pattern.compile("public final class (\\w+) implements Plugin");

  /** What a plugin sees beside the JDK; the README says so. */
  private static final List<Class<?>> SEEN =
      List.of(
          Plugin.class,
          NullMarked.class,
          HttpServlet.class,
          ServerEndpoint.class,
          Session.class,
          Logger.class);

  /**
   * The Java examples of a README; those that are files of the tutorial are built by its test.
   *
   * @throws IOException when it cannot be read
   */
  public static List<Example> all(Path readme) throws IOException {
    return Readme.blocks(readme).stream()
        .filter(block -> block.language().equals("java") && block.file().isEmpty())
        .map(Example::of)
        .toList();
  }

  private static Example of(Readme.Block block) {
    Matcher plugin = PLUGIN.matcher(block.text());
    if (!plugin.find()) {
      throw new AssertionError(
          "README.md:"
              + block.line()
              + ": an example in Java is a whole plugin, so that it is run");
    }
    return new Example(plugin.group(1), block.text(), block.line());
  }

  /** The plugin's. */
  public String id() {
    return type.replaceFirst("Plugin$", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Compiles it against the API alone, warnings are errors, and packs it.
   *
   * @param folder gets the classes
   * @param web the files of its front end, by their paths below {@code web/}
   * @throws IOException when the classes cannot be written
   */
  public GenericArchive pack(Path folder, Map<String, String> web) throws IOException {
    Path classes = Files.createDirectories(folder.resolve(id()));
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-Xlint:all,-processing,-classfile,-serial",
            "-Werror",
            "-proc:none",
            "-classpath",
            SEEN.stream().map(Example::place).collect(Collectors.joining(File.pathSeparator)),
            "-d",
            classes.toString());
    boolean compiled =
        compiler.getTask(said, null, null, options, null, List.of(new Source(this))).call();
    assertEquals("", said.toString(), () -> "README.md:" + line);
    assertEquals(true, compiled, () -> "README.md:" + line);
    PluginArchive archive = PluginArchive.named(id()).compiled(classes, type).library(driver());
    web.forEach(archive::web);
    return archive.build();
  }

  /** Those that have a database of their own say that they bring its driver. */
  private static Path driver() {
    return Path.of(place(org.postgresql.Driver.class));
  }

  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(Example example) {
      super(URI.create("string:///" + example.type + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = example.source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** {@code paint, README.md:120}. */
  @Override
  public String toString() {
    return Stream.of(id(), "README.md:" + line).collect(Collectors.joining(", "));
  }
}

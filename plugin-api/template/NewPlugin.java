import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * Makes the project of a new plugin from the folder {@code project} beside this file:
 *
 * <pre>java plugin-api/template/NewPlugin.java hello ../hello</pre>
 *
 * <p>It needs a JDK and nothing else. A Maven archetype would have to be published, or installed,
 * before it could be used; this is here with the sources, and knows the versions of their build.
 *
 * <p>Exit code 0: the project is there. 2: refused, with one sentence; nothing was written.
 */
public final class NewPlugin {

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /** A plugin's format is named by its id, and these have a meaning already. */
  private static final Set<String> TAKEN =
      Set.of(
          "align",
          "blockquote",
          "bold",
          "callout",
          "cell",
          "code",
          "code-block",
          "collab",
          "constructor",
          "divider",
          "doc",
          "header",
          "heading",
          "indent",
          "italic",
          "link",
          "list",
          "paragraph",
          "strike",
          "table",
          "text",
          "underline");

  private static final Pattern PROPERTY = Pattern.compile("<([a-z-]+[.]version)>([^<]+)</");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>tandem</artifactId>\\s*<version>([^<]+)<");
  private static final Pattern WORD = Pattern.compile("@([a-z][a-z.-]*)@");

  private NewPlugin() {}

  /** One sentence for whoever ran it. */
  private static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String sentence) {
      super(sentence);
    }
  }

  public static void main(String[] args) {
    try {
      if (args.length != 2) {
        throw new Refused(
            "Two words are needed, the plugin's id and a folder that is not there yet, or empty:"
                + " hello ../hello");
      }
      Path folder = make(args[0], args[1], template(args));
      System.out.println(
          "The plugin "
              + args[0]
              + " is in "
              + folder
              + ". There, mvn verify builds and tests it, when once, and after each update of"
              + " Tandem, mvn install -DskipTests -pl plugin-api/testkit -am was run in "
              + template(args).resolve("../..").normalize()
              + ".");
    } catch (Refused refused) {
      System.err.println(refused.getMessage());
      System.exit(2);
    }
  }

  private static Path make(String id, String place, Path template) throws Refused {
    check(id);
    Path folder = folder(place);
    Map<String, String> words = words(id, template.resolve("../../pom.xml"));
    Map<Path, String> files = new TreeMap<>();
    Path project = template.resolve("project");
    try (Stream<Path> tree = Files.walk(project)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String path = project.relativize(file).toString();
        files.put(folder.resolve(fill(path, words)), fill(Files.readString(file), words));
      }
    } catch (IOException unreadable) {
      throw new Refused("The template cannot be read: " + unreadable.getMessage());
    }
    try {
      for (Map.Entry<Path, String> file : files.entrySet()) {
        Files.createDirectories(file.getKey().getParent());
        Files.write(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException unwritable) {
      throw new Refused("The folder " + folder + " cannot be written: " + unwritable.getMessage());
    }
    return folder;
  }

  private static void check(String id) throws Refused {
    if (!ID.matcher(id).matches()) {
      throw new Refused(
          "No id of a plugin: "
              + id
              + ". It has at most 40 lower-case letters, digits and hyphens, and begins with a"
              + " letter, as classes of Java and CSS are named by it.");
    }
    if (TAKEN.contains(id) || SourceVersion.isKeyword(word(id))) {
      throw new Refused("The id " + id + " has a meaning already: choose another one.");
    }
  }

  private static Path folder(String place) throws Refused {
    Path folder;
    try {
      folder = Path.of(place).toAbsolutePath().normalize();
    } catch (InvalidPathException none) {
      throw new Refused("No path of a folder: " + place);
    }
    if (Files.exists(folder) && !isEmpty(folder)) {
      throw new Refused(
          "The folder " + folder + " is there already: name one that is not, or is empty.");
    }
    return folder;
  }

  private static boolean isEmpty(Path folder) throws Refused {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException unreadable) {
      throw new Refused("The folder " + folder + " cannot be read: " + unreadable.getMessage());
    }
  }

  /** The id as a package has it. */
  private static String word(String id) {
    return id.replace("-", "");
  }

  /** What stands between two at signs in the template, and what it becomes. */
  private static Map<String, String> words(String id, Path pom) throws Refused {
    Map<String, String> words = new HashMap<>();
    try {
      String build = Files.readString(pom);
      Matcher properties = PROPERTY.matcher(build);
      while (properties.find()) {
        words.put(properties.group(1), properties.group(2));
      }
      Matcher version = VERSION.matcher(build);
      if (!version.find()) {
        throw new Refused("There is no version of Tandem in " + pom);
      }
      words.put("tandem.version", version.group(1));
      words.put("api.version", version.group(1).replaceFirst("-.*", ""));
    } catch (IOException unreadable) {
      throw new Refused(
          "The template is used where it is, among the sources of Tandem: "
              + pom
              + " cannot be"
              + " read.");
    }
    List<String> parts = Arrays.stream(id.split("-")).filter(part -> !part.isEmpty()).toList();
    words.put("id", id);
    words.put("package", word(id));
    words.put("class", parts.stream().map(NewPlugin::capital).collect(Collectors.joining()));
    words.put("name", capital(String.join(" ", parts)));
    words.put("sign", id.substring(0, 1).toUpperCase(Locale.ROOT));
    return words;
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static String fill(String text, Map<String, String> words) throws Refused {
    StringBuilder filled = new StringBuilder();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String meant = words.get(word.group(1));
      if (meant == null) {
        throw new Refused("The template has a word that nobody knows: " + word.group());
      }
      word.appendReplacement(filled, Matcher.quoteReplacement(meant));
    }
    return word.appendTail(filled).toString();
  }

  /** This file's folder: what the JVM was started with, without what it was given. */
  private static Path template(String[] args) throws Refused {
    String command = System.getProperty("sun.java.command", "");
    String given = " " + String.join(" ", args);
    String file = command.substring(command.indexOf(' ') + 1);
    if (file.endsWith(given)) {
      file = file.substring(0, file.length() - given.length());
    }
    Path source = Path.of(file).toAbsolutePath().normalize();
    if (!file.endsWith(".java") || !Files.exists(source)) {
      throw new Refused(
          "This program is run from its source: java plugin-api/template/NewPlugin.java hello"
              + " ../hello");
    }
    return source.getParent();
  }
}

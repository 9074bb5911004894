package org.tandem.distribution.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.GenericArchive;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.readme.Readme;
import org.tandem.testkit.PluginArchive;
import org.tandem.testkit.readme.Example;

/**
 * A block of TypeScript of the README: the module of a plugin's front end, as the build of the
 * front end has compiled it.
 *
 * @param id the plugin's
 * @param name the id and the language, {@code counter.tsx} for example: no two have one
 * @param line where it stands in the README
 * @param web its files, by their paths below {@code web/}: the module, and the style sheet that
 *     stands behind it in the README
 */
record ModuleExample(String id, String name, int line, Map<String, String> web) {

  static final Path README = Path.of("..", "..", "plugin-api", "README.md");

  private static final Path MODULES =
      Path.of(System.getProperty("tandem.webapp"), "target", "examples", "modules");
  private static final Pattern ID = Pattern.compile("(?m)^ {2}id: '([a-z0-9-]+)',$");

  /** Those of the README that are no files of the tutorial, in order. */
  static List<ModuleExample> all() throws IOException {
    List<ModuleExample> examples = new ArrayList<>();
    List<Readme.Block> blocks =
        Readme.blocks(README).stream().filter(block -> block.file().isEmpty()).toList();
    for (int i = 0; i < blocks.size(); i++) {
      if (List.of("ts", "tsx").contains(blocks.get(i).language())) {
        Optional<Readme.Block> style =
            blocks.stream()
                .skip(i + 1L)
                .limit(1)
                .filter(next -> next.language().equals("css"))
                .findFirst();
        examples.add(of(blocks.get(i), style));
      }
    }
    return examples;
  }

  private static ModuleExample of(Readme.Block block, Optional<Readme.Block> style)
      throws IOException {
    Matcher id = ID.matcher(block.text());
    if (!id.find()) {
      throw new AssertionError("README.md:" + block.line() + ": an example is a whole module");
    }
    String plugin = id.group(1);
    Map<String, String> web = new HashMap<>();
    Path module = MODULES.resolve(plugin + "-" + block.line() + ".js");
    if (Files.notExists(module)) {
      throw new AssertionError(
          "README.md:" + block.line() + " is not compiled: `npm test` in webapp does that");
    }
    web.put("front/" + plugin + ".js", Files.readString(module));
    style.ifPresent(sheet -> web.put("front/" + plugin + ".css", sheet.text()));
    return new ModuleExample(plugin, plugin + "." + block.language(), block.line(), web);
  }

  /**
   * Packs it with the Java example of the same id, or with a part that does what the README says of
   * it in words.
   *
   * @param version of the latter; the former's is 1.0.0
   * @param folder gets what is compiled
   */
  GenericArchive pack(String version, Path folder) throws IOException {
    Optional<Example> java =
        Example.all(README).stream().filter(example -> example.id().equals(id)).findFirst();
    if (java.isPresent()) {
      return java.get().pack(folder, web);
    }
    Class<? extends Plugin> part = JavaParts.BY_ID.get(id);
    if (part == null) {
      throw new AssertionError("README.md:" + line + ": there is no Java part of " + id);
    }
    PluginArchive archive = PluginArchive.named(id).version(version).entry(part);
    web.forEach(archive.classes(JavaParts.class)::web);
    return archive.build();
  }
}

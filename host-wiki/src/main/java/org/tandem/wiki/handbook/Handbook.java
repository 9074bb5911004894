package org.tandem.wiki.handbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.tandem.api.host.PageId;

/**
 * The handbook as it stands on the class path: a table of contents, {@code handbook/contents.txt},
 * with a file name a line, indented by two blanks for each level, and the files. The first line of
 * a file is its title.
 */
final class Handbook {

  /**
   * A page of the handbook.
   *
   * @param depth 0 at the top
   * @param text without the title; links to other pages name their files
   */
  record Leaf(String file, int depth, String title, String text) {

    /** The text with links to the pages that the files became. */
    String markdown(Map<String, PageId> pages) {
      return LINK.matcher(text).replaceAll(link -> "](/pages/" + page(pages, link.group(1)) + ")");
    }

    private PageId page(Map<String, PageId> pages, String target) {
      return Objects.requireNonNull(pages.get(target), () -> file + " links to " + target);
    }
  }

  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)\\)");
  private static final String FOLDER = "/handbook/";

  private Handbook() {}

  static List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    for (String line : text("contents.txt").lines().filter(l -> !l.isBlank()).toList()) {
      String file = line.strip();
      leaves.add(leaf(file, line.indexOf(file) / 2, text(file)));
    }
    return leaves;
  }

  private static Leaf leaf(String file, int depth, String text) {
    String first = text.lines().findFirst().orElse("");
    String title = first.replaceFirst("^# ", "");
    // The title was the file's heading of the first level; on the page it is none of the text's.
    String rest = text.substring(first.length()).strip().replaceAll("(?m)^##", "#");
    return new Leaf(file, depth, title, rest);
  }

  private static String text(String file) {
    try (InputStream in = Handbook.class.getResourceAsStream(FOLDER + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

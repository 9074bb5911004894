package org.tandem.wiki.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.tandem.wiki.view.frame.WebManifest;

/**
 * The files of the editor that a running plugin brings, as addresses, and what other plugins add to
 * it.
 *
 * @param module address of the ES module
 * @param styles addresses of its style sheets
 * @param additions what plugins add, in the order in which the editor takes it
 */
public record EditorPage(String module, List<String> styles, List<Addition> additions) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A module of a plugin for the editor.
   *
   * @param version the plugin's
   * @param module address of the ES module
   * @param styles addresses of style sheets
   */
  public record Addition(String plugin, String version, String module, List<String> styles) {}

  public EditorPage {
    styles = List.copyOf(styles);
    additions = List.copyOf(additions);
  }

  /** The addresses of all style sheets: the editor's, then those of the additions. */
  public List<String> allStyles() {
    return Stream.concat(
            styles.stream(), additions.stream().flatMap(added -> added.styles().stream()))
        .toList();
  }

  /** The additions as JSON that may stand in a script element. */
  public String additionsJson() {
    try {
      return JSON.writeValueAsString(additions).replace("<", "\\u003c");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Texts cannot be written as JSON", impossible);
    }
  }

  /**
   * One word for all scripts and styles that a browser loads with the editor now: another word,
   * another front end. Their addresses change with their content, so it follows from them.
   */
  public String frontEnd(WebManifest web) {
    String all = String.join("\n", module, styles.toString(), additions.toString(), web.toString());
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

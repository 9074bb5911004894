package org.tandem.wiki.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.tandem.wiki.view.frame.WebManifest;

/**
 * The files of the editor that a running plugin brings, as addresses.
 *
 * @param module address of the ES module
 */
public record EditorPage(String module, List<String> styles) {

  /**
   * One word for all scripts and styles that a browser loads with the editor now: another word,
   * another front end. Their addresses change with their content, so it follows from them.
   */
  public String frontEnd(WebManifest web) {
    String all = String.join("\n", module, styles.toString(), web.toString());
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

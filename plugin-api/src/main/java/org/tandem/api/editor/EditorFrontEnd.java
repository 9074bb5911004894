package org.tandem.api.editor;

import java.util.List;

/**
 * A plugin's editor in the browser. Its files stand in the archive's {@code web} folder; the host
 * serves them as immutable under {@code /plugins/<id>/<hash>/} and loads them on the page {@code
 * /pages/<page>/edit}, with the import map of the shared modules. The page holds {@code <div
 * id="editor" data-page data-title data-csp-nonce>} for the module to fill.
 *
 * @param module path of the ES module below {@code web}
 * @param styles paths of style sheets below {@code web}
 */
public record EditorFrontEnd(String module, List<String> styles) {

  public EditorFrontEnd {
    styles = List.copyOf(styles);
  }
}

package org.tandem.api.editor;

import java.util.List;

/**
 * What a plugin adds to the editor of pages: an ES module whose default export is made by {@code
 * definePlugin} of {@code @tandem/sdk}. Its files stand in the archive's {@code web} folder; the
 * host serves them as immutable under {@code /plugins/<id>/<hash>/}.
 *
 * <p>Life cycle: registered while the plugin runs. An edit page that is opened from then on loads
 * the module and links the style sheets; one that is open already goes on as it is, also after the
 * plugin has ended. Where a page is read the style sheets are linked too, for what the plugin's
 * formats look like there.
 *
 * <p>Failure: a module that cannot be loaded is left out by the editor, with a notice that names
 * the plugin; the others work.
 *
 * @param module path of the module below {@code web}, such as {@code front/glossary.js}
 * @param styles paths of style sheets below {@code web}
 */
public record EditorModule(String module, List<String> styles) {

  /**
   * Checks that the paths stay below {@code web}.
   *
   * @throws IllegalArgumentException when one does not
   */
  public EditorModule {
    styles = List.copyOf(styles);
    check(module);
    styles.forEach(EditorModule::check);
  }

  private static void check(String path) {
    if (!path.matches("[A-Za-z0-9_@.-]+(/[A-Za-z0-9_@.-]+)*")
        || path.matches("(.*/)?\\.\\.?(/.*)?")) {
      throw new IllegalArgumentException("no path of a file below web: " + path);
    }
  }
}

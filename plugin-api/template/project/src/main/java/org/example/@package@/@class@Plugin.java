package org.example.@package@;

import java.util.List;
import java.util.Map;
import org.tandem.api.delta.Attributes;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** Marks text: an inline format, how it looks in a page, and what the editor has for it. */
public final class @class@Plugin implements Plugin {

  /** What marked text has in documents: this attribute, with the value {@code true}. */
  static final String FORMAT = "@id@";

  @Override
  public void start(PluginContext context) {
    Format format = new Format(FORMAT, Format.Place.INLINE, Boolean.TRUE::equals);
    context.register(new DeclaredFormat(format, ConflictRule.ONE_VALUE, @class@Plugin::look));
    context.register(new EditorModule("@id@.js", List.of("@id@.css")));
  }

  /** In HTML {@code <mark class="x-@id@">}; in Markdown, which knows no marks, italic. */
  private static Look look(String name, Object value) {
    return new Look.Inline(
        Markup.Element.of(Tag.MARK), Attributes.of(Map.of("italic", true)), "", "");
  }

  @Override
  public void stop() {
    // The wiki takes back what was registered.
  }
}

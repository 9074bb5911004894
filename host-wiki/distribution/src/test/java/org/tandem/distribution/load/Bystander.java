package org.tandem.distribution.load;

import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;

/** A plugin with a format, a check of every change and a listener, none of which minds anything. */
public final class Bystander implements Plugin {

  static final String ID = "bystander";

  @Override
  public void start(PluginContext context) {
    context.register(
        new DeclaredFormat(
            new Format(ID, Format.Place.EMBED, String.class::isInstance),
            ConflictRule.ONE_VALUE,
            (name, value) ->
                Look.Thing.of(Markup.Element.of(Tag.SPAN).text("@" + value), "@" + value)));
    ChangeCheck check = (change, author, access) -> new ChangeCheck.Answer.Accept();
    context.register(check);
    context.register(new ChangeListener() {});
  }

  @Override
  public void stop() {}
}

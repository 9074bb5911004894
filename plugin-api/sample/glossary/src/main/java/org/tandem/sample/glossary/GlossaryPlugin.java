package org.tandem.sample.glossary;

import java.util.List;
import java.util.Optional;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.host.Access;
import org.tandem.api.host.Host;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.api.plugin.Settings;

/**
 * Keeps the glossary of each page for those who have a right to it, and shows its terms beside the
 * text.
 */
public final class GlossaryPlugin implements Plugin {

  private static final Access ADMIN = Access.ADMIN;
  private static final String GLOSSARY = "Glossary";
  private static final SettingSpec NEEDS =
      SettingSpec.of(
          "glossary.needs",
          "The right that somebody needs to change a glossary: admin, or edit for everybody who"
              + " may change the page.",
          ADMIN.word());
  private static final SettingSpec MARK =
      SettingSpec.of(
          "glossary.mark",
          "What the heading of a glossary begins with; upper and lower case are the same.",
          GLOSSARY);
  private static final int LONGEST_MARK = 60;

  @Override
  public List<SettingSpec> settings() {
    return List.of(NEEDS, MARK);
  }

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    Access needed = needed(context.settings());
    String mark = mark(context.settings());
    Host host = context.host();
    Outlines outlines = new Outlines(mark);
    TermIndex index = new TermIndex(outlines);
    context.register(new Guard(outlines, needed, mark));
    context.register(index);
    host.pages().onDeleted(index::forget);
    host.routes().servlet("glossary", new TermsServlet(host, index, needed, mark));
    context.register(new EditorModule("front/glossary.js", List.of("front/glossary.css")));
  }

  private static Access needed(Settings settings) throws PluginRefusal {
    String word = settings.get(NEEDS.name()).orElse(ADMIN.word());
    Optional<Access> access = Access.of(word).filter(known -> known.allows(Access.EDIT));
    return access.orElseThrow(
        () -> PluginRefusal.ofPlugin(NEEDS.written() + " is “" + word + "”: write admin or edit."));
  }

  private static String mark(Settings settings) throws PluginRefusal {
    String mark = settings.get(MARK.name()).orElse(GLOSSARY);
    if (mark.isEmpty() || mark.length() > LONGEST_MARK) {
      throw PluginRefusal.ofPlugin(
          MARK.written() + " must have 1 to " + LONGEST_MARK + " characters.");
    }
    return mark;
  }

  @Override
  public void stop() {
    // There is no thread or pool to end, and the host takes back what was registered.
  }
}

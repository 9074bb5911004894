package org.tandem.sample.callouts;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.editor.EditorModule;
import org.tandem.api.host.Host;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.Plugin;
import org.tandem.api.plugin.PluginContext;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;

/** Lines that say what they are: a decision, a question, an example; and people in the text. */
public final class CalloutsPlugin implements Plugin {

  private static final SettingSpec NOTIFY =
      SettingSpec.of(
          "callouts.notify",
          "Whether people are told that they were mentioned: true or false.",
          "true");

  private @Nullable Store store;

  @Override
  public List<SettingSpec> settings() {
    return List.of(NOTIFY);
  }

  @Override
  public void start(PluginContext context) throws PluginRefusal {
    boolean notifies = notifies(context.settings().get(NOTIFY.name()).orElse("true"));
    Host host = context.host();
    Store opened = Store.open(host.database());
    store = opened;
    Seal seal = new Seal(opened.sealKey());
    context.register(
        new DeclaredFormat(
            new Format(Kind.FORMAT, Format.Place.LINE, value -> Kind.of(value).isPresent()),
            ConflictRule.ONE_VALUE,
            (name, value) -> Kind.of(value).orElseThrow().look()));
    context.register(
        new DeclaredFormat(
            new Format(Mention.FORMAT, Format.Place.EMBED, value -> Mention.of(value).isPresent()),
            ConflictRule.ONE_VALUE,
            (name, value) -> Mention.of(value).orElseThrow().look()));
    context.register(new MentionCheck(seal));
    if (notifies) {
      context.register(new Notifier(host.users(), host.notifications(), opened));
    }
    host.pages().onDeleted(opened::forget);
    host.routes().servlet("callouts", new PeopleServlet(host, seal));
    context.register(new EditorModule("front/callouts.js", List.of("front/callouts.css")));
  }

  private static boolean notifies(String word) throws PluginRefusal {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw PluginRefusal.ofPlugin(
              NOTIFY.written() + " is “" + word + "”: write true or false.");
    };
  }

  @Override
  public void stop() {
    if (store != null) {
      store.close();
      store = null;
    }
  }

  @Override
  public Optional<Maintenance> dataDeletion() {
    return Optional.of(new DataDeletion());
  }
}

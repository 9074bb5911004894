package org.tandem.wiki.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.api.plugin.SettingSpec;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Condition;
import org.tandem.wiki.installation.EffectiveSetting;
import org.tandem.wiki.installation.HookTime;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.installation.NodePlugin;
import org.tandem.wiki.installation.NodeReport;
import org.tandem.wiki.installation.PluginState;
import org.tandem.wiki.installation.RefusedArchive;
import org.tandem.wiki.installation.SwitchedOff;
import org.tandem.wiki.installation.UnderWay;
import org.tandem.wiki.installation.WantedPlugin;
import org.tandem.wiki.plugin.archive.Descriptor;
import org.tandem.wiki.plugin.archive.UnpackedFolders;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.PluginView;
import org.tandem.wiki.settings.AdminSettings;
import org.tandem.wiki.settings.AdminSettings.SetValue;

/** The plugins for administrators: what they see, and what they have done. */
public final class PluginDesk implements Installation {

  private static final Logger LOG = LoggerFactory.getLogger(PluginDesk.class);
  private static final Pattern FILE = Pattern.compile("[\\w.+ -]{1,100}");

  private final Plugins plugins;
  private final PluginStarts starts;
  private final Contributions contributions;
  private final HostServices services;

  public PluginDesk(
      Plugins plugins, PluginStarts starts, Contributions contributions, HostServices services) {
    this.plugins = plugins;
    this.starts = starts;
    this.contributions = contributions;
    this.services = services;
  }

  @Override
  public List<InstalledPlugin> plugins() {
    List<NodeReport> nodes = nodes();
    PluginHealth.Round health = contributions.health().ask(any -> true);
    return plugins.places().registry().all().stream()
        .sorted(Comparator.comparing(one -> one.state() == PluginState.REMOVED))
        .map(one -> shown(one, nodes, health))
        .toList();
  }

  @Override
  public Optional<InstalledPlugin> plugin(String id) {
    PluginHealth.Round health = contributions.health().ask(id::equals);
    return plugins.places().registry().plugin(id).map(one -> shown(one, nodes(), health));
  }

  /** Of this node as it is now, of the others as they said last. */
  private List<NodeReport> nodes() {
    UUID own = plugins.places().nodes().own();
    List<NodePlugin> here = plugins.reports().now();
    return plugins.places().nodes().alive().stream()
        .map(node -> node.node().equals(own) ? new NodeReport(own, node.name(), here) : node)
        .toList();
  }

  private InstalledPlugin shown(
      WantedPlugin wanted, List<NodeReport> nodes, PluginHealth.Round health) {
    UUID own = plugins.places().nodes().own();
    Optional<Have> here = plugins.have(wanted.id());
    PluginView adds = contributions.extensions().of(wanted.id());
    Optional<Descriptor> said = here.flatMap(Have::archive).map(archive -> archive.descriptor());
    return new InstalledPlugin(
        wanted,
        Condition.of(wanted, nodes),
        said.map(Descriptor::description).orElse(""),
        said.map(Descriptor::provider).orElse(""),
        said.stream()
            .flatMap(one -> one.dependencies().stream())
            .map(Descriptor.Dependency::toString)
            .toList(),
        nodes.stream()
            .map(
                node ->
                    new InstalledPlugin.OnNode(
                        node.name(), node.node().equals(own), node.of(wanted.id())))
            .toList(),
        starts.contributed(wanted.id()),
        here.stream()
            .flatMap(one -> one.declared().settings().stream())
            .filter(spec -> ScopedSettings.isOf(wanted.id(), spec.name()))
            .map(spec -> effective(spec, starts.settings(wanted.id())))
            .toList(),
        health.of(wanted.id()),
        adds.figures().stream().map(PluginDesk::time).toList(),
        adds.off().stream().map(PluginDesk::off).toList());
  }

  private static HookTime time(PluginView.Figures figures) {
    return new HookTime(
        figures.kind().word(),
        figures.calls(),
        figures.total().toMillis(),
        figures.mean().toNanos() / 1_000,
        figures.longest().toMillis(),
        figures.faults());
  }

  private static SwitchedOff off(PluginView.SwitchedOff off) {
    return new SwitchedOff(
        Hook.label(off.kind(), off.name()),
        off.page().map(PageId::toString).orElse(""),
        off.goesOn().toSeconds());
  }

  private static EffectiveSetting effective(SettingSpec spec, AdminSettings settings) {
    Optional<SetValue> set = settings.find(spec.name());
    String value =
        set.isPresent()
            ? (spec.secret() ? "(set, not shown)" : set.get().text())
            : spec.fallback().orElse("(not set)");
    EffectiveSetting.Source source =
        set.map(
                one ->
                    one.isOfEnvironment()
                        ? EffectiveSetting.Source.ENVIRONMENT
                        : EffectiveSetting.Source.FILE)
            .orElse(EffectiveSetting.Source.DEFAULT);
    return new EffectiveSetting(spec.inFile(), spec.inEnvironment(), spec.meaning(), value, source);
  }

  @Override
  public Optional<UnderWay> underWay() {
    return starts.underWay();
  }

  @Override
  public List<RefusedArchive> refusedArchives() {
    Stream<RefusedArchive> passedOver =
        plugins.folder().passedOver().stream()
            .flatMap(
                archive ->
                    plugins.whyPassedOver(archive).stream()
                        .map(
                            reason ->
                                new RefusedArchive(
                                    String.valueOf(archive.file().getFileName()), reason)));
    return Stream.concat(plugins.folder().refused().stream(), passedOver).toList();
  }

  @Override
  public ActOutcome install(UUID upload, String file, String by) {
    try {
      Path folder = Files.createTempDirectory("tandem-upload-");
      try {
        Path archive =
            folder.resolve(
                FILE.matcher(file).matches() && !file.startsWith(".") ? file : "upload.zip");
        if (!plugins.places().archives().writeUpload(upload, archive)) {
          return new ActOutcome.Unknown();
        }
        ActOutcome outcome =
            soon(by, String.valueOf(archive.getFileName()), () -> plugins.installed(archive, by));
        if (!(outcome instanceof ActOutcome.Busy)) {
          drop(upload);
        }
        return outcome;
      } finally {
        UnpackedFolders.delete(folder);
      }
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /**
   * @param what it is done with, for the log
   */
  private ActOutcome soon(String by, String what, ActLock.Act<ActOutcome.Done, PluginRefusal> act) {
    try {
      return plugins
          .acting()
          .takeSoon(act)
          .<ActOutcome>map(done -> done)
          .orElseGet(() -> new ActOutcome.Busy(whatGoesOn()));
    } catch (PluginRefusal refusal) {
      return refused(by, what, refusal);
    }
  }

  private String whatGoesOn() {
    return underWay()
        .map(
            now ->
                "Nothing was changed, as something else is under way; try again when it is over. "
                    + now.sentence())
        .orElse("Nothing was changed, as something else is under way: try again in a minute.");
  }

  private void drop(UUID upload) {
    try {
      plugins.places().archives().drop(upload);
    } catch (UncheckedIOException away) {
      LOG.debug("An upload is swept away later", away);
    }
  }

  /** Something that is done with one plugin. */
  @FunctionalInterface
  private interface Act {
    void on(String id, String by) throws PluginRefusal;
  }

  private ActOutcome outcome(String id, String by, Act act) {
    if (plugins.places().registry().plugin(id).isEmpty()) {
      return new ActOutcome.Unknown();
    }
    return soon(
        by,
        id,
        () -> {
          act.on(id, by);
          return new ActOutcome.Done(id);
        });
  }

  private static ActOutcome refused(String by, String what, PluginRefusal refusal) {
    String reason = String.valueOf(refusal.getMessage());
    if (refusal.getCause() == null) {
      LOG.info("{}: {} is refused: {}", by, what, reason);
    } else {
      LOG.warn("{}: {} is refused: {}", by, what, reason, refusal.getCause());
    }
    return new ActOutcome.Refused(reason);
  }

  @Override
  public ActOutcome enable(String id, String by) {
    return outcome(id, by, plugins::enable);
  }

  @Override
  public ActOutcome disable(String id, String by) {
    return outcome(id, by, plugins::disable);
  }

  @Override
  public ActOutcome rollBack(String id, String by) {
    return outcome(id, by, plugins::rollBack);
  }

  @Override
  public ActOutcome remove(String id, String by) {
    return outcome(id, by, plugins::remove);
  }

  @Override
  public ActOutcome deleteData(String id, String by) {
    return outcome(id, by, this::deleteAll);
  }

  private void deleteAll(String id, String by) throws PluginRefusal {
    plugins.deleteData(
        id,
        archive -> {
          DataDeletion.run(id, starts.declared(archive), starts.settings(id), services.database());
          services.deleteDataOf(id);
          services.audit().ofTheWiki("plugin.delete-data", by, id);
        });
  }
}

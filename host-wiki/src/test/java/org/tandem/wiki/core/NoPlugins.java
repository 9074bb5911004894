package org.tandem.wiki.core;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.tandem.wiki.installation.ActOutcome;
import org.tandem.wiki.installation.Installation;
import org.tandem.wiki.installation.InstalledPlugin;
import org.tandem.wiki.installation.RefusedArchive;
import org.tandem.wiki.installation.UnderWay;

/** A wiki to which no plugin was ever given. */
final class NoPlugins implements Installation {

  @Override
  public List<InstalledPlugin> plugins() {
    return List.of();
  }

  @Override
  public Optional<InstalledPlugin> plugin(String id) {
    return Optional.empty();
  }

  @Override
  public Optional<UnderWay> underWay() {
    return Optional.empty();
  }

  @Override
  public List<RefusedArchive> refusedArchives() {
    return List.of();
  }

  @Override
  public ActOutcome install(UUID upload, String file, String by) {
    return new ActOutcome.Unknown();
  }

  @Override
  public ActOutcome enable(String id, String by) {
    return new ActOutcome.Unknown();
  }

  @Override
  public ActOutcome disable(String id, String by) {
    return new ActOutcome.Unknown();
  }

  @Override
  public ActOutcome rollBack(String id, String by) {
    return new ActOutcome.Unknown();
  }

  @Override
  public ActOutcome remove(String id, String by) {
    return new ActOutcome.Unknown();
  }

  @Override
  public ActOutcome deleteData(String id, String by) {
    return new ActOutcome.Unknown();
  }
}

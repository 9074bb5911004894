package org.tandem.wiki.maintenance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;

/** How a run ended. */
public sealed interface Ending {

  record Reported(MaintenanceReport report) implements Ending {}

  /** The plugin cannot do what was asked; one sentence of it for the admin. */
  record Refused(String sentence) implements Ending {}

  /** The plugin made a mistake, or the database was lost; one sentence, and the log has more. */
  record Failed(String sentence) implements Ending {}

  Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** Runs it in the calling thread; whatever it throws is an ending too. */
  static Ending of(Maintenance maintenance, MaintenanceRun run) {
    try {
      return new Reported(maintenance.run(run));
    } catch (PluginRefusal refusal) {
      return new Refused(String.valueOf(refusal.getMessage()));
    } catch (RuntimeException | Error failure) {
      LOG.error("The maintenance {} failed", maintenance.name(), failure);
      return new Failed(
          maintenance.name() + " failed, and the log says why: nothing else was harmed by it.");
    }
  }
}

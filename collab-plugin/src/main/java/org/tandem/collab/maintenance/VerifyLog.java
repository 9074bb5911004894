package org.tandem.collab.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.hibernate.LogCheck;

/** Checks that the log of a page, or of all, is whole. It changes nothing. */
public final class VerifyLog implements Maintenance {

  private static final int MOST_DAMAGES = 1_000;

  @Override
  public String name() {
    return "verify-log";
  }

  @Override
  public String title() {
    return "Check the operation log";
  }

  @Override
  public String description() {
    return "Reads every revision of the pages that are edited together and says which stored rows"
        + " are damaged, missing or do not fit each other. Changes nothing.";
  }

  @Override
  public Optional<String> argument() {
    return Optional.of("the id of a page; all pages without it");
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    Optional<PageId> page = LogTables.page(run);
    try (LogTables tables = LogTables.open(run.database())) {
      Tally tally = new Tally(new LogCheck(tables.sessions()), run);
      tables.forEach(page, run, tally::check);
      return tally.report();
    }
  }

  /** What all pages come to. */
  private static final class Tally {

    private final LogCheck check;
    private final MaintenanceRun run;
    private final List<String> damages = new ArrayList<>();
    private long pages;
    private long damagedPages;
    private long revisions;
    private long unsigned;

    Tally(LogCheck check, MaintenanceRun run) {
      this.check = check;
      this.run = run;
    }

    void check(PageId page) {
      check.check(page).ifPresent(this::add);
      run.progress(pages + " pages with " + revisions + " revisions are read.");
    }

    private void add(LogCheck.Findings found) {
      pages++;
      revisions += found.revisions();
      unsigned += found.unsigned();
      damagedPages += found.damages().isEmpty() ? 0 : 1;
      found.damages().stream().limit(MOST_DAMAGES - damages.size()).forEach(damages::add);
    }

    MaintenanceReport report() {
      List<String> lines = new ArrayList<>();
      if (pages == 0 && !run.cancelled()) {
        return MaintenanceReport.good(LogTables.NO_PAGES);
      }
      String read =
          (pages == 1 ? "1 page with " : pages + " pages with ")
              + revisions
              + (pages == 1 ? " revisions was read" : " revisions were read")
              + (run.cancelled() ? ", then it was cancelled: " : ": ");
      if (damagedPages == 0) {
        lines.add(read + (run.cancelled() ? "what was read is whole." : "all is whole."));
      } else {
        lines.add(read + damagedPages + (damagedPages == 1 ? " is damaged." : " are damaged."));
        lines.addAll(damages);
        lines.add(
            "What is damaged is in the last backup before. Pages whose newest revisions are whole"
                + " go on as they are.");
      }
      if (unsigned > 0) {
        lines.add(
            unsigned + " revisions are from before checksums, and were only tried for their fit.");
      }
      return new MaintenanceReport(damagedPages == 0, lines);
    }
  }
}

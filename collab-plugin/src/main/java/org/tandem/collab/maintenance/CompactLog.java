package org.tandem.collab.maintenance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.Maintenance;
import org.tandem.api.plugin.MaintenanceReport;
import org.tandem.api.plugin.MaintenanceRun;
import org.tandem.api.plugin.PluginRefusal;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.LogDamaged;

/** Packs all old revisions now, which a running wiki does by and by. */
public final class CompactLog implements Maintenance {

  @Override
  public String name() {
    return "compact-log";
  }

  @Override
  public String title() {
    return "Pack the operation log";
  }

  @Override
  public String description() {
    return "Packs the revisions of pages that are edited together into compressed runs, and says"
        + " how many bytes a revision took before and takes now. Nothing of the history is lost;"
        + " a running wiki does this by itself as pages grow and are closed.";
  }

  @Override
  public Optional<String> argument() {
    return Optional.of("the id of a page; all pages without it");
  }

  @Override
  public MaintenanceReport run(MaintenanceRun run) throws PluginRefusal {
    Optional<PageId> page = LogTables.page(run);
    try (LogTables tables = LogTables.open(run.database())) {
      Tally tally = new Tally(tables.compaction(), run);
      tables.forEach(page, run, tally::pack);
      return tally.report();
    }
  }

  /** What all pages come to. */
  private static final class Tally {

    private final Compaction compaction;
    private final MaintenanceRun run;
    private final List<String> damages = new ArrayList<>();
    private Compaction.Size before = Compaction.Size.NONE;
    private Compaction.Size after = Compaction.Size.NONE;
    private long pages;
    private long packed;

    Tally(Compaction compaction, MaintenanceRun run) {
      this.compaction = compaction;
      this.run = run;
    }

    void pack(PageId page) {
      before = before.plus(compaction.size(page));
      try {
        Compaction.Packed last = compaction.pack(page, Long.MAX_VALUE, 1);
        packed += last.revisions();
        while (last.more() && !run.cancelled()) {
          last = compaction.pack(page, Long.MAX_VALUE, 1);
          packed += last.revisions();
        }
      } catch (LogDamaged damaged) {
        damages.add("Not packed: " + damaged.getMessage());
      }
      after = after.plus(compaction.size(page));
      pages++;
      run.progress(packed + " revisions of " + pages + " pages are packed.");
    }

    MaintenanceReport report() {
      List<String> lines = new ArrayList<>();
      if (pages == 0 && !run.cancelled()) {
        return MaintenanceReport.good(LogTables.NO_PAGES);
      }
      lines.add(
          packed
              + " revisions of "
              + pages
              + (pages == 1 ? " page were packed" : " pages were packed")
              + (run.cancelled() ? ", then it was cancelled." : "."));
      lines.addAll(damages);
      lines.add("Before: " + said(before));
      lines.add("Now: " + said(after));
      lines.add("The database gives the room to new rows; its files do not shrink by themselves.");
      return new MaintenanceReport(damages.isEmpty(), lines);
    }

    private static String said(Compaction.Size size) {
      long revisions = size.single() + size.packed();
      double each =
          revisions == 0 ? 0 : (double) (size.singleBytes() + size.packedBytes()) / revisions;
      return String.format(
          Locale.ROOT,
          "%.1f bytes for each of %d revisions without indexes (%d single, %d packed);"
              + " %d snapshots with %d bytes.",
          each,
          revisions,
          size.single(),
          size.packed(),
          size.snapshots(),
          size.bytes());
    }
  }
}

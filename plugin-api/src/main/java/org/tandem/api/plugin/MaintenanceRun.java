package org.tandem.api.plugin;

import java.util.Optional;
import org.tandem.api.host.Database;

/**
 * One run of a {@link Maintenance}: what it works on, and its way to the admin who asked for it.
 * Good until the run returns. Threads: safe for use by any thread.
 */
public interface MaintenanceRun {

  /** The wiki's database; it takes connections as long as the run lasts. */
  Database database();

  /** The same as the started plugin's, as they stand when the run begins. */
  Settings settings();

  /**
   * What the admin gave, without surrounding blanks, never blank, at most 200 characters. Always
   * empty for a maintenance that takes no argument.
   */
  Optional<String> argument();

  /**
   * Tells the admin how far the run is, in one plain sentence. Returns at once. The host may show
   * only the latest ones: what must not be missed belongs in the report. A few a second are enough.
   */
  void progress(String sentence);

  /**
   * Whether the admin has cancelled the run, or the process is ending. The run asks often, at least
   * once a second, and when it is so returns soon: a command that was told to end waits 10 s. The
   * thread is not interrupted. Once true, it stays so.
   */
  boolean cancelled();
}

package org.tandem.api.plugin;

import java.util.Optional;

/**
 * Work on a plugin's stored data that an admin asks for: to check it, to make it smaller. The host
 * offers it as a command of its program and as an action of its admin page.
 *
 * <p>It works on the database alone. The plugin that offers it need not be started, and is mostly
 * not: the command loads the plugin's classes beside a wiki that runs or in place of one that does
 * not. So it must be right while any number of nodes serve the same database, and while the same
 * maintenance runs on another node.
 *
 * <p>Threads: {@link #run} may be called by several threads at once; the other methods return the
 * same at each call, at once, and touch nothing outside.
 */
public interface Maintenance {

  /**
   * The command's word and the last part of the action's address: lower-case words of letters and
   * digits with a hyphen between them, {@code verify-log} for example, at most 40 characters.
   * Unique within the plugin, and not {@code help}.
   */
  String name();

  /** A few words for a heading, without a full stop. */
  String title();

  /** What it does and what the report says, in a sentence or two for the admin; plain text. */
  String description();

  /**
   * What the one argument means that a run may be given, in a few words, for example {@code the id
   * of a page; all pages without it}. Empty: a run takes none.
   */
  default Optional<String> argument() {
    return Optional.empty();
  }

  /**
   * Runs it once, in the calling thread, with the plugin's class loader as the thread's, and
   * returns when it is done; that may take hours. Whatever it opens (connections, threads) it has
   * closed when it returns or throws, and it leaves the data whole wherever it is cut short: the
   * process may be killed at any moment.
   *
   * @return the report; of a cancelled run, a report of what was done until then
   * @throws PluginRefusal when it cannot do what was asked, for example because the argument names
   *     nothing: one sentence for the admin. Any other exception is a failure: the admin is told
   *     that the run failed, and the log has the stack trace.
   */
  MaintenanceReport run(MaintenanceRun run) throws PluginRefusal;
}

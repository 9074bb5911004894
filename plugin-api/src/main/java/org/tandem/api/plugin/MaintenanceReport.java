package org.tandem.api.plugin;

import java.util.List;

/**
 * What a run of a {@link Maintenance} found or did.
 *
 * @param good whether all is well; false when the admin has something to do, for example because
 *     damage was found. The command's exit code follows it.
 * @param lines plain text for the admin, the most important first; at least one
 */
public record MaintenanceReport(boolean good, List<String> lines) {

  public MaintenanceReport {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a report has at least one line");
    }
  }

  /** All is well. */
  public static MaintenanceReport good(String... lines) {
    return new MaintenanceReport(true, List.of(lines));
  }

  /** The admin has something to do. */
  public static MaintenanceReport bad(String... lines) {
    return new MaintenanceReport(false, List.of(lines));
  }
}

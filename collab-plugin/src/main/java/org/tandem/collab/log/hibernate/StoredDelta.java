package org.tandem.collab.log.hibernate;

import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.collab.log.LogDamaged;

/** Reads what the log itself wrote. */
final class StoredDelta {

  private StoredDelta() {}

  /**
   * @param name of the row, for the admin, when it is damaged
   */
  static Delta read(String json, String name) {
    DeltaJson.Parsed parsed = DeltaJson.read(json);
    if (parsed instanceof DeltaJson.Parsed.Malformed malformed) {
      throw new LogDamaged(name + " is damaged: " + malformed.reason());
    }
    return ((DeltaJson.Parsed.Valid) parsed).delta();
  }
}

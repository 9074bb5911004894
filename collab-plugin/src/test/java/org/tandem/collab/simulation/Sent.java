package org.tandem.collab.simulation;

import java.util.List;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/** A change on its way: one that is transformed along, or a branch that waits as it is. */
record Sent(long seq, long base, List<Delta> changes, boolean branch) {

  String name() {
    return (branch ? "branch" : "op") + " " + seq + " on " + base;
  }

  /** Whether a plugin's check has something against it. */
  boolean isRefused() {
    return changes.stream()
        .anyMatch(change -> change.ops().stream().anyMatch(SimulatedHooks::isRefused));
  }

  String frame() {
    String head = "\",\"seq\":" + seq + ",\"rev\":" + base;
    if (!branch) {
      return "{\"t\":\"op" + head + ",\"delta\":" + DeltaJson.write(changes.get(0)) + "}";
    }
    List<String> ops = changes.stream().map(DeltaJson::write).toList();
    return "{\"t\":\"branch" + head + ",\"ops\":[" + String.join(",", ops) + "]}";
  }
}

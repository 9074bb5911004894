package org.tandem.wiki.store;

import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;

/** Documents as the text of their jsonb columns. */
public final class Ops {

  private Ops() {}

  public static String write(Delta document) {
    return DeltaJson.write(document);
  }

  /** A stored document was valid when it was stored: another answer is damage, and is thrown. */
  public static Delta read(String json) {
    DeltaJson.Parsed parsed = DeltaJson.read(json);
    if (parsed instanceof DeltaJson.Parsed.Valid valid) {
      return valid.delta();
    }
    throw new IllegalStateException("A stored document cannot be read: " + parsed);
  }
}

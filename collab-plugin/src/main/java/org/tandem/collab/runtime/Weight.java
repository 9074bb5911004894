package org.tandem.collab.runtime;

import java.util.List;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.collab.page.Revision;

/**
 * About how many characters changes take on the wire and in the log, for bounds on what is held and
 * committed at once.
 */
final class Weight {

  private static final long OF_CHANGE = 200;
  private static final long OF_OP = 20;

  private Weight() {}

  static long of(List<Revision> revisions) {
    return revisions.stream().mapToLong(revision -> of(revision.delta())).sum();
  }

  static long of(Delta change) {
    return OF_CHANGE + change.ops().stream().mapToLong(Weight::of).sum();
  }

  private static long of(Op op) {
    long content = 0;
    if (op instanceof Op.Insert insert) {
      content = insert.text().length();
    } else if (op instanceof Op.Embed embed) {
      content = embed.value().toString().length();
    }
    Attributes attributes = op.attributes();
    return OF_OP + content + (attributes.isEmpty() ? 0 : attributes.toString().length());
  }
}

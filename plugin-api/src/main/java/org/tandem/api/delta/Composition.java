package org.tandem.api.delta;

/** {@link Delta#compose}: both deltas are walked at once, in the document between them. */
final class Composition {

  private Composition() {}

  static Delta of(Delta first, Delta second) {
    if (second.isEmpty()) {
      return first;
    }
    Cursor a = new Cursor(first);
    Cursor b = new Cursor(second);
    DeltaBuilder result = Delta.builder();
    while (a.hasNext() || b.hasNext()) {
      if (b.atInsert()) {
        result.add(b.next());
      } else if (a.atDelete()) {
        result.add(a.next());
      } else {
        int length = Math.min(a.left(), b.left());
        both(a.next(length), b.next(length), result);
      }
    }
    return result.build();
  }

  /** {@code b} retains or deletes what {@code a} inserts or retains. */
  private static void both(Op a, Op b, DeltaBuilder result) {
    if (b instanceof Op.Retain retain) {
      if (a instanceof Op.Retain before) {
        result.retain(a.length(), before.attributes().compose(retain.attributes(), true));
      } else if (a instanceof Op.Insert insert) {
        result.insert(insert.text(), insert.attributes().compose(retain.attributes(), false));
      } else if (a instanceof Op.Embed embed) {
        result.embed(
            embed.type(), embed.value(), embed.attributes().compose(retain.attributes(), false));
      }
    } else if (a instanceof Op.Retain) {
      result.add(b);
    }
  }
}

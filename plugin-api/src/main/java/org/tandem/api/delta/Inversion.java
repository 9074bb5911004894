package org.tandem.api.delta;

/** {@link Delta#invert}. What the change deletes or formats beyond the base's end is left out. */
final class Inversion {

  private Inversion() {}

  static Delta of(Delta change, Delta base) {
    Cursor document = new Cursor(base);
    DeltaBuilder result = Delta.builder();
    for (Op op : change.ops()) {
      if (op instanceof Op.Delete || op instanceof Op.Retain) {
        back(op, document, result);
      } else {
        result.delete(op.length());
      }
    }
    return result.build();
  }

  /** Puts back what stood where {@code op} deletes or formats. */
  private static void back(Op op, Cursor document, DeltaBuilder result) {
    int left = op.length();
    while (left > 0 && document.hasNext()) {
      Op piece = document.next(left);
      left -= piece.length();
      if (op instanceof Op.Delete) {
        result.add(piece);
      } else {
        result.retain(piece.length(), op.attributes().invert(piece.attributes()));
      }
    }
    if (left > 0 && op instanceof Op.Retain && op.attributes().isEmpty()) {
      result.retain(left);
    }
  }
}

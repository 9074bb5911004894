package org.tandem.api.delta;

import org.jspecify.annotations.Nullable;

/** {@link Delta#invert}. */
final class Inversion {

  private Inversion() {}

  static Delta of(Delta change, Delta base) {
    Cursor document = new Cursor(base);
    DeltaBuilder result = Delta.builder();
    for (Op op : change.ops()) {
      if (op instanceof Op.Delete) {
        back(op.length(), document, result, null);
      } else if (op instanceof Op.Retain retain) {
        back(op.length(), document, result, retain.attributes());
      } else {
        result.delete(op.length());
      }
    }
    return result.build();
  }

  private static void back(
      int length, Cursor document, DeltaBuilder result, @Nullable Attributes set) {
    int left = length;
    while (left > 0) {
      Op piece = document.next(left);
      left -= piece.length();
      if (set == null) {
        result.add(piece);
      } else {
        result.retain(piece.length(), set.invert(piece.attributes()));
      }
    }
  }
}

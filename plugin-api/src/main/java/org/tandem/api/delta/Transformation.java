package org.tandem.api.delta;

/** {@link Delta#transform} and {@link Delta#transformPosition}. */
final class Transformation {

  private Transformation() {}

  static Delta of(Delta done, Delta other, boolean priority) {
    Cursor a = new Cursor(done);
    Cursor b = new Cursor(other);
    DeltaBuilder result = Delta.builder();
    while (b.hasNext()) {
      if (a.atInsert() && (priority || !b.atInsert())) {
        result.retain(a.next().length());
      } else if (b.atInsert()) {
        result.add(b.next());
      } else {
        int length = Math.min(a.left(), b.left());
        both(a.next(length), b.next(length), priority, result);
      }
    }
    return result.build();
  }

  private static void both(Op a, Op b, boolean priority, DeltaBuilder result) {
    if (a instanceof Op.Delete) {
      return; // what the other deletes or formats is gone
    }
    if (b instanceof Op.Delete) {
      result.add(b);
    } else if (a instanceof Op.Retain done && b instanceof Op.Retain retain) {
      result.retain(b.length(), done.attributes().transform(retain.attributes(), priority));
    }
  }

  static int of(Delta done, int index, boolean priority) {
    int position = index;
    int offset = 0;
    for (Op op : done.ops()) {
      if (offset > position) {
        break;
      }
      if (op instanceof Op.Delete) {
        position -= Math.min(op.length(), position - offset);
        continue;
      }
      if (!(op instanceof Op.Retain) && (offset < position || !priority)) {
        position += op.length();
      }
      offset += op.length();
    }
    return position;
  }
}

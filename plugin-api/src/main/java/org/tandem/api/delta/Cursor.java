package org.tandem.api.delta;

import java.util.List;

/** Walks over a delta's operations in pieces; beyond the end it is an endless plain retain. */
final class Cursor {

  static final int ENDLESS = Integer.MAX_VALUE;

  private final List<Op> ops;
  private int index;
  private int offset;

  Cursor(Delta delta) {
    this.ops = delta.ops();
  }

  boolean hasNext() {
    return index < ops.size();
  }

  /** Whether the current operation is an insert of text or an embed. */
  boolean atInsert() {
    return hasNext() && !(peek() instanceof Op.Retain) && !(peek() instanceof Op.Delete);
  }

  boolean atDelete() {
    return hasNext() && peek() instanceof Op.Delete;
  }

  Op peek() {
    return ops.get(index);
  }

  /** Code units left of the current operation. */
  int left() {
    return hasNext() ? peek().length() - offset : ENDLESS;
  }

  /** The rest of the current operation. */
  Op next() {
    return next(ENDLESS);
  }

  /** At most this many code units of the current operation. */
  Op next(int most) {
    if (!hasNext()) {
      return new Op.Retain(most, Attributes.NONE);
    }
    Op op = peek();
    int length = Math.min(most, op.length() - offset);
    int start = offset;
    if (start + length == op.length()) {
      index++;
      offset = 0;
    } else {
      offset += length;
    }
    return length == op.length() ? op : piece(op, start, length);
  }

  private static Op piece(Op op, int start, int length) {
    if (op instanceof Op.Insert insert) {
      return new Op.Insert(insert.text().substring(start, start + length), insert.attributes());
    }
    if (op instanceof Op.Retain retain) {
      return new Op.Retain(length, retain.attributes());
    }
    return new Op.Delete(length);
  }
}

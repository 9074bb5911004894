package org.tandem.api.delta;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects operations in normal form: neighbours of one kind with equal attributes are joined, and
 * an insert goes before a delete at the same place. The only place that normalises. Linear in what
 * is added. Threads: one.
 */
public final class DeltaBuilder {

  /** What is complete; then come {@link #last} with {@link #text}, then {@link #deleted}. */
  private final List<Op> ops = new ArrayList<>();

  /** The text insert that more text may still join. */
  private Op.@Nullable Insert last;

  /** All of the last insert's text, once a second piece joined it. */
  private final StringBuilder text = new StringBuilder();

  /** What is deleted at this place, kept apart because inserts go before it. */
  private int deleted;

  DeltaBuilder() {}

  /** Inserts plain text; an empty one does nothing. */
  public DeltaBuilder insert(String inserted) {
    return insert(inserted, Attributes.NONE);
  }

  /** Inserts text with attributes; an empty one does nothing. */
  public DeltaBuilder insert(String inserted, Attributes attributes) {
    return inserted.isEmpty() ? this : add(new Op.Insert(inserted, attributes));
  }

  /** Inserts a thing that is no text. */
  public DeltaBuilder embed(String type, Object value, Attributes attributes) {
    return add(new Op.Embed(type, value, attributes));
  }

  /** Leaves the next code units as they are. */
  public DeltaBuilder retain(int length) {
    return retain(length, Attributes.NONE);
  }

  /** Sets attributes on the next code units. */
  public DeltaBuilder retain(int length, Attributes attributes) {
    return length == 0 ? this : add(new Op.Retain(length, attributes));
  }

  /** Takes the next code units away. */
  public DeltaBuilder delete(int length) {
    return length == 0 ? this : add(new Op.Delete(length));
  }

  /**
   * @throws ArithmeticException if joined lengths go over an int, which no delta that was read does
   */
  public DeltaBuilder add(Op op) {
    if (op instanceof Op.Insert insert) {
      text(insert);
    } else if (op instanceof Op.Delete) {
      deleted = Math.addExact(deleted, op.length());
    } else if (op instanceof Op.Retain retain) {
      endText();
      endDelete();
      retain(retain);
    } else {
      endText();
      ops.add(op);
    }
    return this;
  }

  private void text(Op.Insert insert) {
    if (last == null || !last.attributes().equals(insert.attributes())) {
      endText();
      last = insert;
      return;
    }
    if (text.isEmpty()) {
      text.append(last.text());
    }
    text.append(insert.text());
  }

  private void retain(Op.Retain retain) {
    int end = ops.size() - 1;
    if (end >= 0
        && ops.get(end) instanceof Op.Retain before
        && before.attributes().equals(retain.attributes())) {
      int length = Math.addExact(before.length(), retain.length());
      ops.set(end, new Op.Retain(length, before.attributes()));
    } else {
      ops.add(retain);
    }
  }

  private void endText() {
    if (last != null) {
      ops.add(text.isEmpty() ? last : new Op.Insert(text.toString(), last.attributes()));
      text.setLength(0);
      last = null;
    }
  }

  private void endDelete() {
    if (deleted > 0) {
      ops.add(new Op.Delete(deleted));
      deleted = 0;
    }
  }

  /** The delta, without a plain retain at its end. */
  public Delta build() {
    endText();
    endDelete();
    int end = ops.size() - 1;
    boolean idle =
        end >= 0 && ops.get(end) instanceof Op.Retain retain && retain.attributes().isEmpty();
    return new Delta(List.copyOf(idle ? ops.subList(0, end) : ops));
  }
}

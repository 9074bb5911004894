package org.tandem.api.delta;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a rich text or, when it is made of inserts alone, a document, in normal form and
 * immutable. The format and its algebra are Quill's.
 */
public final class Delta {

  /** Changes nothing; as a document, holds nothing. */
  public static final Delta EMPTY = new Delta(List.of());

  private final List<Op> ops;

  Delta(List<Op> normalised) {
    this.ops = normalised;
  }

  /** The delta of these operations, normalised as {@link DeltaBuilder} does. */
  public static Delta of(List<Op> ops) {
    DeltaBuilder builder = builder();
    ops.forEach(builder::add);
    return builder.build();
  }

  /** Begins a delta. */
  public static DeltaBuilder builder() {
    return new DeltaBuilder();
  }

  /** The operations in order; the list cannot be changed. */
  public List<Op> ops() {
    return ops;
  }

  /** Whether it has no operations, and so changes nothing. */
  public boolean isEmpty() {
    return ops.isEmpty();
  }

  /** The lengths of all operations together; of a document, its length. */
  public int length() {
    return ops.stream().mapToInt(Op::length).sum();
  }

  /** By how much this change makes a document longer. */
  public int changeLength() {
    int change = 0;
    for (Op op : ops) {
      if (op instanceof Op.Delete) {
        change -= op.length();
      } else if (!(op instanceof Op.Retain)) {
        change += op.length();
      }
    }
    return change;
  }

  /** Whether it only inserts, and so can be a document. */
  public boolean isDocument() {
    return ops.stream().noneMatch(op -> op instanceof Op.Retain || op instanceof Op.Delete);
  }

  /** This change and then {@code other}, as one. */
  public Delta compose(Delta other) {
    return Composition.of(this, other);
  }

  /**
   * {@code other}, which was written beside this change, as it is after this one.
   *
   * @param priority whether this change came first: its inserts stand to the left, its attributes
   *     stay
   */
  public Delta transform(Delta other, boolean priority) {
    return Transformation.of(this, other, priority);
  }

  /**
   * A position after this change.
   *
   * @param priority whether an insert right at the position leaves it where it is
   */
  public int transformPosition(int index, boolean priority) {
    return Transformation.of(this, index, priority);
  }

  /** The change that takes this one back, on the document {@code base} that it was made on. */
  public Delta invert(Delta base) {
    return Inversion.of(this, base);
  }

  /** A change that makes this document into {@code target}. */
  public Delta diff(Delta target) {
    return Difference.of(this, target);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Delta delta && ops.equals(delta.ops);
  }

  @Override
  public int hashCode() {
    return ops.hashCode();
  }

  @Override
  public String toString() {
    return ops.toString();
  }
}

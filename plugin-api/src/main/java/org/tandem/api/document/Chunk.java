package org.tandem.api.document;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;

/**
 * The immutable tree under a {@link LiveDocument}: leaves of some hundred characters, and forks
 * that hold them balanced. A new version shares all but the way to what changed.
 *
 * <p>The tree is an AVL tree with its content in the leaves, built by joining and splitting alone
 * (Blelloch, Ferizovic and Sun, "Just Join for Parallel Ordered Sets", SPAA 2016): both take as
 * many steps as the trees are high. A short leaf at a joint goes into its neighbour, so that edits
 * at random do not crumble it.
 */
sealed interface Chunk {

  Leaf NONE = new Leaf(new Op[0], 0);

  /** UTF-16 code units; an embed has 1. */
  int length();

  /** 0 for a leaf. */
  int height();

  /** What stands before a position, which is at most the length. */
  Chunk until(int at);

  /** What stands from a position on. */
  Chunk from(int at);

  /** Gets the leaves in order. */
  void forEachLeaf(Consumer<Leaf> consumer);

  /** Two in balance, under one roof. */
  record Fork(Chunk left, Chunk right, int length, int height) implements Chunk {

    Fork(Chunk left, Chunk right) {
      this(
          left, right, left.length() + right.length(), 1 + Math.max(left.height(), right.height()));
    }

    @Override
    public Chunk until(int at) {
      if (at >= length) {
        return this;
      }
      int cut = left.length();
      return at <= cut ? left.until(at) : balanced(left, right.until(at - cut));
    }

    @Override
    public Chunk from(int at) {
      if (at <= 0) {
        return this;
      }
      int cut = left.length();
      return at >= cut ? right.from(at - cut) : balanced(left.from(at), right);
    }

    @Override
    public void forEachLeaf(Consumer<Leaf> consumer) {
      left.forEachLeaf(consumer);
      right.forEachLeaf(consumer);
    }
  }

  /** Neighbouring pieces; those of text with equal attributes are one. */
  final class Leaf implements Chunk {

    /** Code units of a leaf at most, and pieces. */
    static final int LONGEST = 1_024;

    private static final int MOST = 32;

    /** Code units that a leaf beside a joint has at least, where its neighbour has room. */
    static final int SHORT = 128;

    private final Op[] pieces;
    private final int length;
    private CanonicalForm.@Nullable Part canonical;

    private Leaf(Op[] pieces, int length) {
      this.pieces = pieces;
      this.length = length;
    }

    static Leaf of(List<Op> pieces) {
      int length = 0;
      for (Op piece : pieces) {
        length += piece.length();
      }
      return new Leaf(pieces.toArray(Op[]::new), length);
    }

    Op piece(int index) {
      return pieces[index];
    }

    int count() {
      return pieces.length;
    }

    List<Op> pieces() {
      return List.of(pieces);
    }

    boolean fits(Leaf next) {
      return length + next.length <= LONGEST && pieces.length + next.pieces.length <= MOST;
    }

    /** Both as one. */
    Leaf with(Leaf next) {
      Op joined = pieces.length == 0 ? null : joined(pieces[pieces.length - 1], next.pieces[0]);
      int skip = joined == null ? 0 : 1;
      Op[] both = new Op[pieces.length + next.pieces.length - skip];
      System.arraycopy(pieces, 0, both, 0, pieces.length);
      System.arraycopy(next.pieces, skip, both, pieces.length, next.pieces.length - skip);
      if (joined != null) {
        both[pieces.length - 1] = joined;
      }
      return new Leaf(both, length + next.length);
    }

    private static @Nullable Op joined(Op left, Op right) {
      return left instanceof Op.Insert a
              && right instanceof Op.Insert b
              && a.attributes().equals(b.attributes())
          ? new Op.Insert(a.text().concat(b.text()), a.attributes())
          : null;
    }

    /** The canonical form that was kept for this leaf. */
    CanonicalForm.@Nullable Part canonical() {
      return canonical;
    }

    /**
     * Keeps the canonical form. Any thread may, for it is always the same, and a record is seen
     * whole by whoever sees it at all.
     */
    void keep(CanonicalForm.Part form) {
      canonical = form;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public int height() {
      return 0;
    }

    @Override
    public Leaf until(int at) {
      if (at >= length) {
        return this;
      }
      int index = 0;
      int left = at;
      while (left >= pieces[index].length()) {
        left -= pieces[index++].length();
      }
      Op[] kept = new Op[left == 0 ? index : index + 1];
      System.arraycopy(pieces, 0, kept, 0, index);
      if (left > 0) {
        kept[index] = part((Op.Insert) pieces[index], 0, left);
      }
      return new Leaf(kept, at);
    }

    @Override
    public Leaf from(int at) {
      if (at <= 0) {
        return this;
      }
      int index = 0;
      int left = at;
      while (index < pieces.length && left >= pieces[index].length()) {
        left -= pieces[index++].length();
      }
      Op[] kept = new Op[pieces.length - index];
      System.arraycopy(pieces, index, kept, 0, kept.length);
      if (left > 0) {
        kept[0] = part((Op.Insert) kept[0], left, kept[0].length());
      }
      return new Leaf(kept, length - at);
    }

    @Override
    public void forEachLeaf(Consumer<Leaf> consumer) {
      if (length > 0) {
        consumer.accept(this);
      }
    }
  }

  private static Op part(Op.Insert insert, int from, int to) {
    return new Op.Insert(insert.text().substring(from, to), insert.attributes());
  }

  // --- joining ----------------------------------------------------------------------------------

  /** One behind the other. */
  static Chunk join(Chunk left, Chunk right) {
    if (left.length() == 0) {
      return right;
    }
    if (right.length() == 0) {
      return left;
    }
    Leaf last = lastLeaf(left);
    Leaf first = firstLeaf(right);
    Chunk before = left.until(left.length() - last.length());
    Chunk behind = right.from(first.length());
    if (last.fits(first)) {
      return seam(seam(before, last.with(first)), behind);
    }
    return seam(
        last.length() < Leaf.SHORT ? seam(before, last) : left,
        first.length() < Leaf.SHORT ? seam(first, behind) : right);
  }

  /** One behind the other, where a leaf on its own may go into its neighbour. */
  private static Chunk seam(Chunk left, Chunk right) {
    if (left.length() == 0) {
      return right;
    }
    if (right.length() == 0) {
      return left;
    }
    if (right instanceof Leaf single && single.length() < Leaf.SHORT) {
      Leaf last = lastLeaf(left);
      if (last.fits(single)) {
        Chunk before = left.until(left.length() - last.length());
        return before.length() == 0 ? last.with(single) : balanced(before, last.with(single));
      }
    }
    if (left instanceof Leaf single && single.length() < Leaf.SHORT) {
      Leaf first = firstLeaf(right);
      if (single.fits(first)) {
        Chunk behind = right.from(first.length());
        return behind.length() == 0 ? single.with(first) : balanced(single.with(first), behind);
      }
    }
    return balanced(left, right);
  }

  private static Leaf lastLeaf(Chunk chunk) {
    Chunk at = chunk;
    while (at instanceof Fork fork) {
      at = fork.right();
    }
    return (Leaf) at;
  }

  private static Leaf firstLeaf(Chunk chunk) {
    Chunk at = chunk;
    while (at instanceof Fork fork) {
      at = fork.left();
    }
    return (Leaf) at;
  }

  /** A balanced tree of two that are balanced each, whatever their heights. */
  private static Chunk balanced(Chunk left, Chunk right) {
    if (left instanceof Fork high && high.height() > right.height() + 1) {
      return leaning(high.left(), balanced(high.right(), right));
    }
    if (right instanceof Fork high && high.height() > left.height() + 1) {
      return leaning(balanced(left, high.left()), high.right());
    }
    return new Fork(left, right);
  }

  /** The same, where one may be higher than the other by two. */
  private static Chunk leaning(Chunk left, Chunk right) {
    if (left instanceof Fork high && high.height() > right.height() + 1) {
      return high.right() instanceof Fork inner && inner.height() > high.left().height()
          ? new Fork(new Fork(high.left(), inner.left()), new Fork(inner.right(), right))
          : new Fork(high.left(), new Fork(high.right(), right));
    }
    if (right instanceof Fork high && high.height() > left.height() + 1) {
      return high.left() instanceof Fork inner && inner.height() > high.right().height()
          ? new Fork(new Fork(left, inner.left()), new Fork(inner.right(), high.right()))
          : new Fork(new Fork(left, high.left()), high.right());
    }
    return new Fork(left, right);
  }

  // --- comparing --------------------------------------------------------------------------------

  /** Whether both hold the same. What they share is not looked at. */
  static boolean equal(Chunk left, Chunk right) {
    if (left == right) {
      return true;
    }
    if (left.length() != right.length()) {
      return false;
    }
    if (left instanceof Fork a
        && right instanceof Fork b
        && a.left().length() == b.left().length()) {
      return equal(a.left(), b.left()) && equal(a.right(), b.right());
    }
    return joined(left).equals(joined(right));
  }

  private static List<Op> joined(Chunk chunk) {
    DeltaBuilder all = Delta.builder();
    chunk.forEachLeaf(leaf -> leaf.pieces().forEach(all::add));
    return all.build().ops();
  }

  // --- building ---------------------------------------------------------------------------------

  /** A tree of inserts, in time that goes with their length. */
  static Chunk of(Iterable<Op> inserts) {
    List<Chunk> leaves = new ArrayList<>();
    Leaf open = NONE;
    for (Op op : inserts) {
      for (Op piece : pieces(op)) {
        Leaf next = new Leaf(new Op[] {piece}, piece.length());
        if (open.length() == 0) {
          open = next;
        } else if (open.fits(next)) {
          open = open.with(next);
        } else {
          leaves.add(open);
          open = next;
        }
      }
    }
    leaves.add(open);
    return over(leaves, 0, leaves.size());
  }

  private static Chunk over(List<Chunk> leaves, int from, int to) {
    int middle = (from + to) >>> 1;
    return to - from == 1
        ? leaves.get(from)
        : new Fork(over(leaves, from, middle), over(leaves, middle, to));
  }

  /** Long text in pieces that fit into a leaf and cut no surrogate pair. */
  private static List<Op> pieces(Op op) {
    if (!(op instanceof Op.Insert insert) || insert.length() <= Leaf.LONGEST) {
      return List.of(op);
    }
    List<Op> pieces = new ArrayList<>();
    String text = insert.text();
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + Leaf.LONGEST);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      pieces.add(part(insert, at, end));
      at = end;
    }
    return pieces;
  }
}

package org.tandem.collab.branch;

import java.util.Arrays;
import org.tandem.api.delta.Attributes;

/**
 * The run-length sequence that a replay works on: a B+ tree of spans, found by what is visible.
 *
 * <p>A span is a stretch of the base that is still there, a stretch of the base that is gone (a
 * tombstone: nothing of it is visible, its place among its neighbours stays), or something that was
 * inserted and is still there. What was inserted and is gone again leaves no trace. What a source
 * means is the caller's.
 *
 * <p>Positions and lengths count visible UTF-16 code units. Each call takes a number of steps that
 * goes with the logarithm of the number of spans, and a deletion also with the spans that it
 * deletes, each of which is deleted once. A format over many spans is left standing at the nodes
 * that it covers whole, and is handed down when somebody comes by. Full nodes are split on the way
 * down and never joined again. Threads: one.
 */
final class Spans {

  /** The length of a base whose length nobody needs to know. */
  static final int ENDLESS = 1 << 30;

  /** Names of attributes that meet at one place at the most; twice what a check lets through. */
  private static final int MOST_NAMES = 64;

  /** Spans of a leaf at most; one call adds up to two to a leaf. */
  private static final int LEAF = 48;

  /** Children of an inner node at most. */
  private static final int FAN = 32;

  /** Deeper than any tree of so many spans as an int counts. */
  private static final int DEEPEST = 16;

  /** The source of a stretch of the base. */
  static final int BASE = -1;

  /** Gets the spans in order. */
  interface Visitor {

    /**
     * @param source {@link #BASE}, or what it was inserted with
     * @param attributes of what was inserted, or what became of the base's
     */
    void visible(int length, int source, Attributes attributes);

    /** A tombstone. */
    void gone(int length);
  }

  private abstract static class Node {
    int count;

    /** What all that it holds is formatted with, and was not handed down yet. */
    Attributes pending = Attributes.NONE;

    /** Whether what one call adds might not fit any more. */
    abstract boolean isFull();

    /** Moves the upper half into a node of its own. */
    abstract Node split();

    /** How much of all that it holds is visible. */
    abstract int sum();
  }

  private static final class Inner extends Node {
    final Node[] children = new Node[FAN];
    final int[] visible = new int[FAN];

    @Override
    boolean isFull() {
      return count == FAN;
    }

    @Override
    Inner split() {
      Inner upper = new Inner();
      int half = count / 2;
      upper.count = count - half;
      upper.pending = pending;
      System.arraycopy(children, half, upper.children, 0, upper.count);
      System.arraycopy(visible, half, upper.visible, 0, upper.count);
      Arrays.fill(children, half, count, null);
      count = half;
      return upper;
    }

    @Override
    int sum() {
      return sumOf(visible, count);
    }

    void splitChild(int child) {
      Node upper = children[child].split();
      int after = count - child - 1;
      System.arraycopy(children, child + 1, children, child + 2, after);
      System.arraycopy(visible, child + 1, visible, child + 2, after);
      children[child + 1] = upper;
      visible[child + 1] = upper.sum();
      visible[child] -= visible[child + 1];
      count++;
    }
  }

  private static final class Leaf extends Node {
    /** The length of a span; 0 of a tombstone. */
    final int[] visible = new int[LEAF];

    /** Where a visible span comes from; of a tombstone, its length. */
    final int[] source = new int[LEAF];

    final Attributes[] attributes = new Attributes[LEAF];

    @Override
    boolean isFull() {
      return count + 2 > LEAF;
    }

    @Override
    Leaf split() {
      Leaf upper = new Leaf();
      int half = count / 2;
      upper.count = count - half;
      upper.pending = pending;
      System.arraycopy(visible, half, upper.visible, 0, upper.count);
      System.arraycopy(source, half, upper.source, 0, upper.count);
      System.arraycopy(attributes, half, upper.attributes, 0, upper.count);
      Arrays.fill(attributes, half, count, null);
      count = half;
      return upper;
    }

    @Override
    int sum() {
      return sumOf(visible, count);
    }

    /** Moves the spans from a place on, to make a gap or close one. */
    void shift(int from, int by) {
      System.arraycopy(visible, from, visible, from + by, count - from);
      System.arraycopy(source, from, source, from + by, count - from);
      System.arraycopy(attributes, from, attributes, from + by, count - from);
      count += by;
    }

    /** Cuts a visible span in two; the result is the place of its second part. */
    int cut(int place, int offset) {
      shift(place, 1);
      visible[place] = offset;
      visible[place + 1] -= offset;
      if (source[place] != BASE) {
        source[place + 1] += offset;
      }
      return place + 1;
    }

    void joinTombstones(int place) {
      if (place + 1 < count && visible[place + 1] == 0) {
        source[place] += source[place + 1];
        shift(place + 2, -1);
      }
      if (place > 0 && visible[place - 1] == 0) {
        source[place - 1] += source[place];
        shift(place + 1, -1);
      }
    }
  }

  private static int sumOf(int[] visible, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += visible[i];
    }
    return sum;
  }

  private Node root;
  private int total;

  // Where `find` came to: the way down, the leaf, the span, and how far into it.
  private final Inner[] way = new Inner[DEEPEST];
  private final int[] turns = new int[DEEPEST];
  private int depth;
  private Leaf leaf;
  private int span;
  private int into;

  // The last composition: neighbours mostly have the same attributes, and share what becomes of
  // them.
  private boolean lastIsBase;
  private Attributes lastAttributes = Attributes.NONE;
  private Attributes lastMore = Attributes.NONE;
  private Attributes lastComposed = Attributes.NONE;

  Spans() {
    leaf = new Leaf();
    leaf.visible[0] = ENDLESS;
    leaf.source[0] = BASE;
    leaf.attributes[0] = Attributes.NONE;
    leaf.count = 1;
    root = leaf;
    total = ENDLESS;
  }

  /**
   * Puts something right behind what is visible before a position, ahead of tombstones there. It
   * joins what stands to its left, if that has the same attributes and its source goes on in this
   * one's.
   *
   * @param source at least 0; what is cut off from its start goes on from a source as much higher
   */
  void insert(int at, int length, int source, Attributes attributes) {
    find(at, true);
    if (into == 0 && span > 0 && goesOn(span - 1, source, attributes)) {
      leaf.visible[span - 1] += length;
    } else {
      int place = into == 0 ? span : leaf.cut(span, into);
      leaf.shift(place, 1);
      leaf.visible[place] = length;
      leaf.source[place] = source;
      leaf.attributes[place] = attributes;
    }
    grow(length);
  }

  private boolean goesOn(int left, int source, Attributes attributes) {
    return leaf.visible[left] > 0
        && leaf.source[left] + leaf.visible[left] == source
        && leaf.source[left] != BASE
        && leaf.attributes[left].equals(attributes);
  }

  void delete(int at, int length) {
    int left = length;
    while (left > 0) {
      find(at, false);
      int piece = isolate(left);
      if (leaf.source[span] == BASE) {
        leaf.visible[span] = 0;
        leaf.source[span] = piece;
        leaf.attributes[span] = Attributes.NONE;
        leaf.joinTombstones(span);
      } else {
        leaf.shift(span + 1, -1);
      }
      grow(-piece);
      left -= piece;
    }
  }

  /**
   * Formats what is visible.
   *
   * @throws ArithmeticException if more than {@value #MOST_NAMES} names meet at one place
   */
  void format(int at, int length, Attributes set) {
    if (length == 0 || set.isEmpty()) {
      return;
    }
    int end = Math.addExact(at, length);
    cut(at);
    cut(end);
    format(root, at, end, set);
  }

  /** Sees to it that a span begins at a position. */
  private void cut(int at) {
    find(at, false);
    if (into > 0) {
      leaf.cut(span, into);
    }
  }

  /** Formats what is in a node from one place to another, at both of which a span begins. */
  private void format(Node node, int from, int to, Attributes set) {
    handDown(node);
    int[] visible = node instanceof Inner inner ? inner.visible : ((Leaf) node).visible;
    int start = 0;
    for (int i = 0; i < node.count && start < to; i++) {
      int end = start + visible[i];
      if (end > Math.max(from, start)) {
        if (node instanceof Leaf covered) {
          format(covered, i, set);
        } else if (from <= start && end <= to) {
          add(((Inner) node).children[i], set);
        } else {
          format(((Inner) node).children[i], from - start, to - start, set);
        }
      }
      start = end;
    }
  }

  private void handDown(Node node) {
    if (node.pending.isEmpty()) {
      return;
    }
    for (int i = 0; i < node.count; i++) {
      if (node instanceof Inner inner) {
        add(inner.children[i], node.pending);
      } else if (((Leaf) node).visible[i] > 0) {
        format((Leaf) node, i, node.pending);
      }
    }
    node.pending = Attributes.NONE;
  }

  private void add(Node node, Attributes set) {
    node.pending = composed(true, node.pending, set);
  }

  private void format(Leaf in, int place, Attributes set) {
    in.attributes[place] = composed(in.source[place] == BASE, in.attributes[place], set);
  }

  /** What is inserted has nothing to remove; on the base, and on the way there, a null stays. */
  private Attributes composed(boolean isBase, Attributes attributes, Attributes more) {
    if (isBase != lastIsBase || attributes != lastAttributes || more != lastMore) {
      lastIsBase = isBase;
      lastAttributes = attributes;
      lastMore = more;
      lastComposed = attributes.compose(more, isBase);
      if (lastComposed.asMap().size() > MOST_NAMES) {
        throw new ArithmeticException("more attributes at one place than any document has");
      }
    }
    return lastComposed;
  }

  void forEach(Visitor visitor) {
    walk(root, visitor);
  }

  private void walk(Node node, Visitor visitor) {
    handDown(node);
    if (node instanceof Inner inner) {
      for (int i = 0; i < inner.count; i++) {
        walk(inner.children[i], visitor);
      }
      return;
    }
    Leaf leaf = (Leaf) node;
    for (int i = 0; i < leaf.count; i++) {
      if (leaf.visible[i] == 0) {
        visitor.gone(leaf.source[i]);
      } else {
        visitor.visible(leaf.visible[i], leaf.source[i], leaf.attributes[i]);
      }
    }
  }

  // --- finding ----------------------------------------------------------------------------------

  /**
   * Goes to a position.
   *
   * @param behind whether to stop right behind what is visible before it, or at what is visible
   *     after it
   * @throws ArithmeticException if it is beyond the end of any document
   */
  private void find(int at, boolean behind) {
    if (at < 0 || at >= total) {
      throw new ArithmeticException("beyond the end of any document");
    }
    // To stop behind, a sum that reaches the position is enough; else it has to go over it.
    int rest = behind ? at - 1 : at;
    if (root.isFull()) {
      Inner top = new Inner();
      top.children[0] = root;
      top.visible[0] = total;
      top.count = 1;
      root = top;
    }
    Node node = root;
    depth = 0;
    handDown(node);
    while (node instanceof Inner inner) {
      int child = 0;
      while (child < inner.count - 1 && inner.visible[child] <= rest) {
        rest -= inner.visible[child++];
      }
      if (inner.children[child].isFull()) {
        inner.splitChild(child);
        if (inner.visible[child] <= rest) {
          rest -= inner.visible[child++];
        }
      }
      way[depth] = inner;
      turns[depth++] = child;
      node = inner.children[child];
      handDown(node);
    }
    leaf = (Leaf) node;
    span = 0;
    if (rest < 0) { // behind nothing: before all
      into = 0;
      return;
    }
    while (leaf.visible[span] <= rest) {
      rest -= leaf.visible[span++];
    }
    into = behind ? rest + 1 : rest;
    if (into == leaf.visible[span]) {
      span++;
      into = 0;
    }
  }

  /** Adds to what is visible in the leaf, all the way up. */
  private void grow(int by) {
    total = Math.addExact(total, by);
    for (int i = 0; i < depth; i++) {
      way[i].visible[turns[i]] += by;
    }
  }

  /** Makes what begins at the position, as far as the span and the length go, a span of its own. */
  private int isolate(int length) {
    if (into > 0) {
      span = leaf.cut(span, into);
      into = 0;
    }
    if (leaf.visible[span] > length) {
      leaf.cut(span, length);
    }
    return leaf.visible[span];
  }
}

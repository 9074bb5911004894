package org.tandem.distribution.load;

import java.util.Arrays;

/**
 * One revision as it was heard, or as its author knows it: a delta of plain operations. Reused from
 * frame to frame, so that hearing a change makes no garbage. Threads: one.
 */
final class Change {

  static final int RETAIN = 0;
  static final int INSERT = 1;
  static final int DELETE = 2;

  long rev;
  long seq;

  /** The author's number in the crowd; below 0 for anybody else. */
  int author;

  private int[] kinds = new int[8];
  private int[] lengths = new int[8];
  private int size;
  final StringBuilder inserted = new StringBuilder();

  void clear() {
    rev = -1;
    seq = -1;
    author = -1;
    size = 0;
    inserted.setLength(0);
  }

  void add(int kind, int length) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    kinds[size] = kind;
    lengths[size++] = length;
  }

  /** How much longer the document gets. */
  int growth() {
    int growth = 0;
    for (int i = 0; i < size; i++) {
      growth += kinds[i] == INSERT ? lengths[i] : kinds[i] == DELETE ? -lengths[i] : 0;
    }
    return growth;
  }

  /** Where a place is after this change; what is inserted at the place itself goes before it. */
  int moved(int place) {
    int moved = place;
    int offset = 0;
    for (int i = 0; i < size && offset <= moved; i++) {
      if (kinds[i] == DELETE) {
        moved -= Math.min(lengths[i], moved - offset);
      } else {
        moved += kinds[i] == INSERT ? lengths[i] : 0;
        offset += lengths[i];
      }
    }
    return moved;
  }

  void applyTo(StringBuilder text) {
    int at = 0;
    int from = 0;
    for (int i = 0; i < size; i++) {
      if (kinds[i] == INSERT) {
        text.insert(at, inserted, from, from + lengths[i]);
        from += lengths[i];
        at += lengths[i];
      } else if (kinds[i] == DELETE) {
        text.delete(at, at + lengths[i]);
      } else {
        at += lengths[i];
      }
    }
  }

  /** Of everything in it, so that two replicas that heard the same have the same. */
  long hash() {
    long hash = 31 * (31 * rev + seq) + author;
    for (int i = 0; i < size; i++) {
      hash = 31 * (31 * hash + kinds[i]) + lengths[i];
    }
    for (int i = 0; i < inserted.length(); i++) {
      hash = 31 * hash + inserted.charAt(i);
    }
    return hash;
  }
}

package org.tandem.distribution.load;

import java.util.Arrays;

/**
 * What all clients of one page heard. The first that hears a revision writes it down; the others
 * must hear the same, and its author must know it as the same. Threads: one.
 */
final class Witness {

  private final String page;
  private final StringBuilder text = new StringBuilder();
  private long base = -1;
  private long rev = -1;
  private long[] hashes = new long[64];

  Witness(String page) {
    this.page = page;
  }

  String page() {
    return page;
  }

  long rev() {
    return rev;
  }

  String text() {
    return text.toString();
  }

  /** A client was given the document. */
  void given(long at, CharSequence document) {
    if (rev < 0) {
      base = at;
      rev = at;
      text.append(document);
    } else if (at == rev && !text.toString().contentEquals(document)) {
      throw new LoadFailure("page " + page + " was given out differently at revision " + at);
    }
  }

  void heard(Change change) {
    long hash = change.hash();
    if (change.rev <= base) {
      throw new LoadFailure("page " + page + ": revision " + change.rev + " was given before");
    }
    int index = Math.toIntExact(change.rev - base - 1);
    if (change.rev == rev + 1) {
      if (index == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * index);
      }
      hashes[index] = hash;
      change.applyTo(text);
      rev = change.rev;
    } else if (change.rev > rev || hashes[index] != hash) {
      throw new LoadFailure("page " + page + ": clients disagree on revision " + change.rev);
    }
  }
}

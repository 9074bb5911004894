package org.tandem.wiki.content;

import java.util.Arrays;
import java.util.List;

/**
 * Which lines of a new text are lines of an old one: a longest common subsequence, after what both
 * have in common at the beginning and the end.
 */
final class LineMatch {

  /** Beyond so many comparisons the middle counts as rewritten. */
  private static final long MOST_COMPARISONS = 4_000_000;

  private LineMatch() {}

  /** For each new line the index of its old line, or -1; the indices ascend. */
  static int[] of(List<?> old, List<?> fresh) {
    int[] match = new int[fresh.size()];
    Arrays.fill(match, -1);
    int shorter = Math.min(old.size(), fresh.size());
    int head = 0;
    while (head < shorter && old.get(head).equals(fresh.get(head))) {
      match[head] = head;
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
      match[fresh.size() - 1 - tail] = old.size() - 1 - tail;
      tail++;
    }
    middle(
        old.subList(head, old.size() - tail),
        fresh.subList(head, fresh.size() - tail),
        head,
        match);
    return match;
  }

  /**
   * A match in which lines that stand between matched ones are taken for changed ones, in order.
   */
  static int[] paired(int[] match, int oldSize) {
    return paired(match, oldSize, false);
  }

  /** As {@link #paired}, but only where as many new lines as old ones stand between. */
  static int[] replaced(int[] match, int oldSize) {
    return paired(match, oldSize, true);
  }

  private static int[] paired(int[] match, int oldSize, boolean asMany) {
    int[] pairs = match.clone();
    int next = 0;
    for (int start = 0; start < match.length; start++) {
      int end = start;
      while (end < match.length && match[end] < 0) {
        end++;
      }
      int limit = end < match.length ? match[end] : oldSize;
      if (!asMany || end - start == limit - next) {
        for (int line = start; line < end && next < limit; line++) {
          pairs[line] = next++;
        }
      }
      next = limit + 1;
      start = end;
    }
    return pairs;
  }

  /** Before which old line an unmatched one stands. */
  static int limit(int[] match, int line, int oldSize) {
    for (int i = line; i < match.length; i++) {
      if (match[i] >= 0) {
        return match[i];
      }
    }
    return oldSize;
  }

  private static void middle(List<?> old, List<?> fresh, int offset, int[] match) {
    if ((long) old.size() * fresh.size() > MOST_COMPARISONS) {
      return;
    }
    int[][] longest = lengths(old, fresh);
    int i = 0;
    int k = 0;
    while (i < old.size() && k < fresh.size()) {
      if (old.get(i).equals(fresh.get(k))) {
        match[offset + k++] = offset + i++;
      } else if (longest[i + 1][k] >= longest[i][k + 1]) {
        i++;
      } else {
        k++;
      }
    }
  }

  /** Length of the longest common subsequence of what follows each pair of places. */
  private static int[][] lengths(List<?> old, List<?> fresh) {
    int[][] longest = new int[old.size() + 1][fresh.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int k = fresh.size() - 1; k >= 0; k--) {
        longest[i][k] =
            old.get(i).equals(fresh.get(k))
                ? longest[i + 1][k + 1] + 1
                : Math.max(longest[i + 1][k], longest[i][k + 1]);
      }
    }
    return longest;
  }
}

package org.tandem.api.delta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces that stand once in each of two lists, in the same order in both: where texts too long for
 * Myers' algorithm are cut. This is the heart of Bram Cohen's patience diff: of all pieces that are
 * unique in both lists, the longest increasing run. Takes n log n steps.
 */
final class Anchors {

  /** A piece's index in each list. */
  record Anchor(int before, int after) {}

  private Anchors() {}

  static List<Anchor> of(List<String> before, List<String> after) {
    return increasing(candidates(unique(before), unique(after)));
  }

  /** Each piece that stands once, with its index, in order. */
  private static Map<String, Integer> unique(List<String> pieces) {
    Map<String, Integer> count = new HashMap<>();
    pieces.forEach(piece -> count.merge(piece, 1, Integer::sum));
    Map<String, Integer> index = new LinkedHashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      if (count.get(pieces.get(i)) == 1) {
        index.put(pieces.get(i), i);
      }
    }
    return index;
  }

  private static List<Anchor> candidates(Map<String, Integer> before, Map<String, Integer> after) {
    List<Anchor> both = new ArrayList<>();
    before.forEach(
        (piece, index) -> {
          Integer other = after.get(piece);
          if (other != null) {
            both.add(new Anchor(index, other));
          }
        });
    return both;
  }

  /** The longest run of candidates whose index in the second list grows too. */
  private static List<Anchor> increasing(List<Anchor> candidates) {
    int[] tops = new int[candidates.size()]; // after-index on top of each pile
    int[] onTop = new int[candidates.size()]; // the candidate there
    int[] previous = new int[candidates.size()];
    int piles = 0;
    for (int i = 0; i < candidates.size(); i++) {
      int pile = -1 - Arrays.binarySearch(tops, 0, piles, candidates.get(i).after());
      tops[pile] = candidates.get(i).after();
      onTop[pile] = i;
      previous[i] = pile == 0 ? -1 : onTop[pile - 1];
      piles = Math.max(piles, pile + 1);
    }
    Anchor[] run = new Anchor[piles];
    for (int i = piles == 0 ? -1 : onTop[piles - 1], at = piles; i >= 0; i = previous[i]) {
      run[--at] = candidates.get(i);
    }
    return List.of(run);
  }
}

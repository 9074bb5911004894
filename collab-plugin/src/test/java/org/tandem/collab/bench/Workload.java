package org.tandem.collab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tandem.api.delta.Delta;

/** Ways in which a branch of single-character edits of a page comes about. */
public enum Workload {
  /** Runs of some 8 characters at random places; every tenth key takes back the one before. */
  TYPING {
    @Override
    List<Delta> branch(long seed, int edits) {
      Random random = new Random(seed);
      List<Delta> branch = new ArrayList<>(edits);
      int length = PAGE;
      int caret = 0;
      for (int i = 0; i < edits; i++) {
        if (i == 0 || random.nextInt(RUN) == 0) {
          caret = random.nextInt(length);
        }
        boolean back = caret > 0 && random.nextInt(10) == 0;
        branch.add(back ? delete(--caret) : insert(caret++, random));
        length += back ? -1 : 1;
      }
      return branch;
    }
  },

  /** Each at a place of its own; three of ten delete. */
  RANDOM {
    @Override
    List<Delta> branch(long seed, int edits) {
      Random random = new Random(seed);
      List<Delta> branch = new ArrayList<>(edits);
      int length = PAGE;
      for (int i = 0; i < edits; i++) {
        boolean deletes = length > 1 && random.nextInt(10) < 3;
        int at = random.nextInt(deletes ? length - 1 : length);
        branch.add(deletes ? delete(at) : insert(at, random));
        length += deletes ? -1 : 1;
      }
      return branch;
    }
  };

  /** Characters of the page, its last newline counted. */
  static final int PAGE = 50_000;

  private static final int RUN = 8;

  abstract List<Delta> branch(long seed, int edits);

  /** The edits that came back from offline. */
  List<Delta> ours(int edits) {
    return branch(1, edits);
  }

  /** The edits that were committed meanwhile. */
  List<Delta> committed(int edits) {
    return branch(2, edits);
  }

  private static Delta insert(int at, Random random) {
    String character = String.valueOf((char) ('a' + random.nextInt(26)));
    return Delta.builder().retain(at).insert(character).build();
  }

  private static Delta delete(int at) {
    return Delta.builder().retain(at).delete(1).build();
  }
}

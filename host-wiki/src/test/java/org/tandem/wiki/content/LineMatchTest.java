package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineMatchTest {

  private static int[] match(String old, String fresh) {
    return LineMatch.of(List.of(old.split("")), List.of(fresh.split("")));
  }

  @Test
  void linesBetweenMatchedOnesArePaired() {
    int[] match = {-1, -1, 2, -1, 5};
    assertArrayEquals(new int[] {0, 1, 2, 3, 5}, LineMatch.paired(match, 6));
    assertArrayEquals(new int[] {0, 1, 2, -1, 5}, LineMatch.replaced(match, 6));
    assertArrayEquals(new int[] {0, -1}, LineMatch.paired(new int[] {-1, -1}, 1));
  }

  @Test
  void equalTextsMatchLineByLine() {
    assertArrayEquals(new int[] {0, 1, 2}, match("abc", "abc"));
  }

  @Test
  void whatWasInsertedMatchesNothing() {
    assertArrayEquals(new int[] {0, -1, 1, 2}, match("abc", "axbc"));
  }

  @Test
  void theLongestCommonPartIsFound() {
    assertArrayEquals(new int[] {-1, 1, -1, 3, -1}, match("xbydz", "1b2d3"));
  }

  @Test
  void repeatedLinesAreMatchedOnce() {
    assertArrayEquals(new int[] {0, 1, -1}, match("aa", "aaa"));
    assertArrayEquals(new int[] {0}, match("aa", "a"));
  }

  @Test
  void aMiddleThatIsTooLongCountsAsRewritten() {
    List<String> old = Collections.nCopies(3_000, "old");
    List<String> fresh = Collections.nCopies(3_000, "new");
    int[] nothing = new int[3_000];
    Arrays.fill(nothing, -1);
    assertArrayEquals(nothing, LineMatch.of(old, fresh));
  }
}

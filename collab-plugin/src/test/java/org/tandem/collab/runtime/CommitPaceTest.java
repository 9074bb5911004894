package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

  private static final int MANY = 100;

  private final CommitPace pace = new CommitPace();

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private long after(int commits, long waited) {
    long gap = 0;
    for (int i = 0; i < commits; i++) {
      gap = pace.gap(waited);
    }
    return gap;
  }

  @Test
  void aNodeThatKeepsUpCommitsAsOftenAsItMay() {
    assertEquals(CommitPace.SHORTEST, after(MANY, 0));
    assertEquals(CommitPace.SHORTEST, after(MANY, millis(1)));
  }

  @Test
  void theLongerWorkWaitsTheMoreEachCommitCarries() {
    long busy = after(MANY, millis(5));
    assertEquals(millis(15), busy, millis(1));
    assertEquals(millis(30), after(MANY, millis(10)), millis(1));
  }

  @Test
  void nobodyWaitsForLongerThanTheLongest() {
    assertEquals(CommitPace.LONGEST, after(MANY, millis(10_000)));
  }

  @Test
  void onePauseOfTheProcessIsNoLoad() {
    after(MANY, 0);
    assertTrue(pace.gap(millis(20)) <= millis(12), "a pause of 20 ms");
    assertEquals(CommitPace.SHORTEST, after(10, 0));
  }

  /** A long collection once made commits rare for half a second after it. */
  @Test
  void norIsALongOne() {
    after(MANY, 0);
    assertTrue(pace.gap(millis(1_000)) <= millis(12), "a pause of 1 s");
    assertEquals(CommitPace.SHORTEST, after(10, 0));
  }

  @Test
  void whatWasTooMuchIsForgottenWhenItIsOver() {
    after(MANY, millis(30));
    assertEquals(CommitPace.SHORTEST, after(20, 0));
  }
}

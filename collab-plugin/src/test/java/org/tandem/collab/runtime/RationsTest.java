package org.tandem.collab.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tandem.api.host.UserId;

class RationsTest {

  private final UserId one = UserId.random();
  private long now = 1_000_000;
  private final Rations rations = new Rations(() -> now);

  private void takeAll() {
    for (int i = 0; i < Rations.AT_ONCE; i++) {
      assertTrue(rations.take(one, 1));
    }
  }

  @Test
  void aSmallReadCostsAPartWhichComesBack() {
    takeAll();
    assertFalse(rations.has(one, 1));
    assertFalse(rations.take(one, Rations.PART));
    now += Rations.EVERY;
    assertTrue(rations.take(one, Rations.PART));
    assertFalse(rations.take(one, 1));
  }

  @Test
  void aLongReadCostsWhatIsRead() {
    assertTrue(rations.take(one, OldRevisions.FARTHEST));
    assertTrue(rations.take(one, OldRevisions.FARTHEST));
    assertFalse(rations.take(one, 1));
    now += Rations.EVERY;
    assertFalse(rations.take(one, Rations.PART + 1));
    now += Rations.EVERY;
    assertTrue(rations.take(one, Rations.PART + 1));
  }

  @Test
  void anotherPersonHasAnother() {
    takeAll();
    assertTrue(rations.take(UserId.random(), OldRevisions.FARTHEST));
  }

  @Test
  void whatIsNotTakenIsNotSavedUp() {
    takeAll();
    now += 1_000 * Rations.EVERY;
    takeAll();
    assertFalse(rations.take(one, 1));
  }
}

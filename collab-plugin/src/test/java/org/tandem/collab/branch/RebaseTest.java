package org.tandem.collab.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.tandem.api.delta.Delta;

class RebaseTest {

  private static final Delta START = Delta.builder().insert("one two three\n").build();

  @Property(tries = 500)
  void leadsBothSidesToOneDocument(@ForAll long seed) {
    Random random = new Random(seed);
    List<Delta> branch = changes(random);
    List<Delta> committed = changes(random);
    Delta head = applied(START, committed);
    Delta ours = applied(START, branch);
    Rebase each = Rebase.over(branch, committed);
    assertEquals(applied(head, each.changes()), head.compose(each.change()));
    assertEquals(head.compose(each.change()), ours.compose(each.catchUp()));
  }

  private static List<Delta> changes(Random random) {
    List<Delta> changes = new ArrayList<>();
    int length = START.length();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(length);
      int rest = length - 1 - at;
      Delta change =
          rest > 0 && random.nextInt(3) == 0
              ? Delta.builder().retain(at).delete(1 + random.nextInt(rest)).build()
              : Delta.builder().retain(at).insert("w" + random.nextInt(9)).build();
      changes.add(change);
      length += change.changeLength();
    }
    return changes;
  }

  private static Delta applied(Delta document, List<Delta> changes) {
    Delta now = document;
    for (Delta change : changes) {
      now = now.compose(change);
    }
    return now;
  }
}

package org.tandem.collab.branch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;

/** Random branches of changes, from a seed. */
final class Branches {

  static final Delta BASE =
      Delta.builder()
          .insert("one ")
          .insert("two", Attributes.of(Map.of("bold", true)))
          .embed("image", 7, Attributes.NONE)
          .insert("\n", Attributes.of(Map.of("header", 1)))
          .insert("three\n")
          .build();

  private final Random random;
  private final Delta base;

  Branches(Random random) {
    this(random, BASE);
  }

  Branches(Random random, Delta base) {
    this.random = random;
    this.base = base;
  }

  /** Fewer than a dozen changes one on top of the other, first of the base. */
  List<Delta> any(String letters) {
    return any(letters, random.nextInt(12));
  }

  /** Changes one on top of the other, first of the base; all may do everything. */
  List<Delta> any(String letters, int count) {
    List<Delta> changes = new ArrayList<>();
    int length = base.length();
    for (int i = count; i > 0; i--) {
      Delta change = change(length, letters);
      changes.add(change);
      length += change.changeLength();
    }
    return changes;
  }

  /** A change that leaves the last place alone. */
  private Delta change(int length, String letters) {
    DeltaBuilder change = Delta.builder();
    int at = random.nextInt(length);
    change.retain(at);
    int rest = length - 1 - at;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int piece = rest == 0 ? 0 : 1 + random.nextInt(Math.min(rest, 4));
      switch (random.nextInt(7)) {
        case 0, 1 -> change.delete(piece);
        case 2 -> {
          piece = random.nextInt(3) == 0 ? rest : piece;
          change.retain(piece, set());
        }
        case 3 -> change.retain(piece);
        case 4 -> {
          change.embed("image", random.nextInt(3), Attributes.NONE);
          piece = 0;
        }
        default -> {
          change.insert(word(letters), random.nextInt(3) == 0 ? kept(set()) : Attributes.NONE);
          piece = 0;
        }
      }
      rest -= piece;
    }
    return change.build();
  }

  private String word(String letters) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  private Attributes set() {
    Map<String, Object> values = new HashMap<>();
    for (String name : List.of("bold", "link", "header")) {
      switch (random.nextInt(4)) {
        case 0 -> values.put(name, random.nextInt(3));
        case 1 -> values.put(name, null);
        default -> {}
      }
    }
    return Attributes.of(values);
  }

  private static Attributes kept(Attributes set) {
    return Attributes.NONE.compose(set, false);
  }

  static Delta applied(Delta document, List<Delta> changes) {
    Delta now = document;
    for (Delta change : changes) {
      now = now.compose(change);
    }
    return now;
  }
}

package org.tandem.api.delta;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random documents and changes of them, from a seed. */
final class Arbitrary {

  private static final List<String> TEXTS = List.of("a", "bc", "d e", "\n", "\ud83d\ude00", "xyz");

  private static final List<String> NAMES = List.of("bold", "link", "thread");

  /** Nested values: the first two are equal, the others are not. */
  private static final List<Object> THREADS =
      List.of(
          Map.of("ids", List.of(1, 2)),
          new HashMap<>(Map.of("ids", List.of(1, 2))),
          Map.of("ids", List.of(2, 1)),
          List.of(Map.of(), List.of()));

  private final Random random;

  Arbitrary(long seed) {
    random = new Random(seed);
  }

  Delta document() {
    DeltaBuilder document = Delta.builder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      insert(document);
    }
    return document.insert("\n").build();
  }

  private void insert(DeltaBuilder target) {
    if (random.nextInt(6) == 0) {
      Object value = random.nextBoolean() ? random.nextInt(2) : THREADS.get(random.nextInt(4));
      target.embed("image", value, set());
    } else {
      target.insert(TEXTS.get(random.nextInt(TEXTS.size())), set());
    }
  }

  private Attributes set() {
    Map<String, Object> values = new HashMap<>();
    if (random.nextInt(3) == 0) {
      values.put("bold", true);
    }
    if (random.nextInt(4) == 0) {
      values.put("link", "https://a/" + random.nextInt(2));
    }
    if (random.nextInt(4) == 0) {
      values.put("thread", THREADS.get(random.nextInt(THREADS.size())));
    }
    return Attributes.of(values);
  }

  private Attributes changed() {
    Map<String, Object> values = new HashMap<>(set().asMap());
    if (random.nextInt(3) == 0) {
      values.put(NAMES.get(random.nextInt(NAMES.size())), null);
    }
    return Attributes.of(values);
  }

  /** A change of a document of this length, which leaves the last place alone. */
  Delta change(int length) {
    DeltaBuilder change = Delta.builder();
    int left = length - 1;
    while (left > 0 && random.nextInt(6) != 0) {
      int piece = 1 + random.nextInt(Math.min(left, 4));
      switch (random.nextInt(4)) {
        case 0 -> insert(change);
        case 1 -> {
          change.delete(piece);
          left -= piece;
        }
        case 2 -> {
          change.retain(piece, changed());
          left -= piece;
        }
        default -> {
          change.retain(piece);
          left -= piece;
        }
      }
    }
    if (random.nextBoolean()) {
      insert(change);
    }
    return change.build();
  }

  int position(int length) {
    return random.nextInt(length + 1);
  }
}

package org.tandem.api.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;

/** Random changes of documents, with attributes and embeds. */
final class RichText {

  /** Characters of the documents that are changed. */
  static final int LENGTH = 400;

  private static final int LONGEST_PIECE = 100;
  private static final List<String> WORDS =
      List.of("a", "page ", "of the wiki", "\n", "words and more words ", "\ud83d\ude00");

  private final Random random;

  RichText(long seed) {
    random = new Random(seed);
  }

  /** Two changes, the second on top of the first. */
  List<Delta> successive() {
    Delta first = change(LENGTH);
    return List.of(first, change(LENGTH + first.changeLength()));
  }

  /** Two changes of the same document. */
  List<Delta> concurrent() {
    return List.of(change(LENGTH), change(LENGTH));
  }

  private Delta change(int length) {
    DeltaBuilder change = Delta.builder();
    int left = length - 1;
    while (left > 0) {
      int piece = 1 + random.nextInt(Math.min(left, LONGEST_PIECE));
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          insert(change);
          continue;
        }
        case 2 -> change.delete(piece);
        case 3 -> change.retain(piece, changed());
        default -> change.retain(piece);
      }
      left -= piece;
    }
    return change.build();
  }

  private void insert(DeltaBuilder change) {
    if (random.nextInt(8) == 0) {
      change.embed("image", "https://wiki/" + random.nextInt(100), set());
    } else {
      change.insert(WORDS.get(random.nextInt(WORDS.size())), set());
    }
  }

  private Attributes set() {
    Map<String, Object> values = new HashMap<>();
    if (random.nextInt(3) == 0) {
      values.put("bold", true);
    }
    if (random.nextInt(4) == 0) {
      values.put("link", "https://wiki/" + random.nextInt(5));
    }
    return Attributes.of(values);
  }

  private Attributes changed() {
    Map<String, Object> values = new HashMap<>(set().asMap());
    values.put("italic", random.nextBoolean() ? true : null);
    return Attributes.of(values);
  }
}

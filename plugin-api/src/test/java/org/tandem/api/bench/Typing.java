package org.tandem.api.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;

/**
 * What people type into a page of 50 kB: letters, now and then a space, a new line or a step back,
 * every tenth stretch in bold.
 */
final class Typing {

  /** Characters of the page. */
  private static final int PAGE = 50_000;

  private static final Attributes BOLD = Attributes.of(Map.of("bold", true));

  private final Random random;

  Typing(long seed) {
    random = new Random(seed);
  }

  /** Keystrokes one after another from some place, as they wait for the way to be free. */
  List<Delta> stretch(int length) {
    List<Delta> keystrokes = new ArrayList<>(length);
    int caret = 1 + random.nextInt(PAGE);
    int typed = 0;
    Attributes attributes = random.nextInt(10) == 0 ? BOLD : Attributes.NONE;
    for (int i = 0; i < length; i++) {
      if (typed > 0 && random.nextInt(10) == 0) {
        keystrokes.add(Delta.builder().retain(caret + --typed).delete(1).build());
      } else {
        keystrokes.add(
            Delta.builder().retain(caret + typed++).insert(character(), attributes).build());
      }
    }
    return keystrokes;
  }

  /** One keystroke of each of two people at the same moment. */
  List<Delta> concurrent() {
    return List.of(stretch(1).get(0), stretch(1).get(0));
  }

  private String character() {
    int key = random.nextInt(32);
    return key < 26 ? String.valueOf((char) ('a' + key)) : key < 31 ? " " : "\n";
  }
}

package org.tandem.api.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;

/** A page of 1 MB: 20,000 lines with 6,000 formatted runs, and keystrokes all over it. */
final class BigPage {

  static final int LINES = 20_000;
  static final int RUNS = 6_000;

  /** Characters of a line, the newline counted. */
  static final int LINE = 50;

  private static final List<Attributes> FORMATS =
      List.of(
          Attributes.of(Map.of("bold", true)),
          Attributes.of(Map.of("italic", true)),
          Attributes.of(Map.of("code", true)),
          Attributes.of(Map.of("link", "https://wiki/page")));

  private static final List<Attributes> LINE_FORMATS =
      List.of(
          Attributes.of(Map.of("header", 2)),
          Attributes.of(Map.of("list", "bullet")),
          Attributes.of(Map.of("list", "ordered", "indent", 1)),
          Attributes.of(Map.of("blockquote", true)),
          Attributes.of(Map.of("code-block", true)));

  private final Random random;

  BigPage(long seed) {
    random = new Random(seed);
  }

  /** Formatted runs are spread evenly; every seventh line has a line format. */
  Delta document() {
    DeltaBuilder page = Delta.builder();
    int runs = 0;
    for (int i = 0; i < LINES; i++) {
      boolean formatted = (long) (i + 1) * RUNS / LINES > runs;
      if (formatted) {
        page.insert(words(LINE / 2));
        page.insert(words(LINE / 4), FORMATS.get(runs++ % FORMATS.size()));
        page.insert(words(LINE - 1 - LINE / 2 - LINE / 4));
      } else {
        page.insert(words(LINE - 1));
      }
      page.insert(
          "\n", i % 7 == 0 ? LINE_FORMATS.get(i / 7 % LINE_FORMATS.size()) : Attributes.NONE);
    }
    return page.build();
  }

  List<Delta> keystrokes(int count) {
    List<Delta> keystrokes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keystrokes.add(Delta.builder().retain(random.nextInt(LINES * LINE)).insert("x").build());
    }
    return keystrokes;
  }

  private String words(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}

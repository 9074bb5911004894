package org.tandem.sample.glossary;

import java.util.Map;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.LiveDocument;

/** Documents and changes, written shortly. */
final class Text {

  static final String MARK = "Glossary";

  private Text() {}

  /**
   * A document of these lines, of which some begin with {@code # }, {@code ## } or {@code ### }.
   */
  static LiveDocument document(String... lines) {
    DeltaBuilder document = Delta.builder();
    for (String line : lines) {
      int level = line.startsWith("#") ? line.indexOf(' ') : 0;
      String text = level == 0 ? line : line.substring(level + 1);
      if (!text.isEmpty()) {
        document.insert(text);
      }
      document.insert("\n", heading(level));
    }
    return LiveDocument.of(document.build());
  }

  /** A document of headings, each of one letter. */
  static LiveDocument headings(int many) {
    DeltaBuilder document = Delta.builder();
    for (int i = 0; i < many; i++) {
      document.insert("h").insert("\n", heading(1));
    }
    return LiveDocument.of(document.build());
  }

  static Attributes heading(int level) {
    return level == 0 ? Attributes.NONE : Attributes.of(Map.of("header", level));
  }

  /** Where a text stands. */
  static int at(LiveDocument document, String text) {
    return document.text(0, document.length()).indexOf(text);
  }

  static Delta insert(int at, String text) {
    return Delta.builder().retain(at).insert(text).build();
  }

  static Delta insertHeading(int at, String text, int level) {
    return Delta.builder().retain(at).insert(text).insert("\n", heading(level)).build();
  }

  static Delta delete(int from, int to) {
    return Delta.builder().retain(from).delete(to - from).build();
  }

  static Delta format(int from, int to, String name, Object value) {
    return Delta.builder()
        .retain(from)
        .retain(to - from, Attributes.of(Map.of(name, value)))
        .build();
  }
}

package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.LiveDocument;

class HeadingReaderTest {

  private static final Attributes BOLD = Attributes.of(Map.of("bold", true));

  private static HeadingReader reader(LiveDocument document) {
    return new HeadingReader(document, Text.MARK);
  }

  private static LiveDocument document(DeltaBuilder document) {
    return LiveDocument.of(document.insert("\n").build());
  }

  /** What an editor can make of a page in many changes, each small enough to be looked through. */
  @Test
  void givesUpOnWhatWasMadeToKeepItBusy() {
    LiveDocument headings =
        document(Delta.builder().insert("\n".repeat(3_000_000), Text.heading(1)));
    HeadingReader many = reader(headings);
    assertFalse(many.read(0, headings.length()));
    assertTrue(many.steps() < 2 * HeadingReader.MOST_HEADINGS, "steps: " + many.steps());

    DeltaBuilder pieces = Delta.builder();
    for (int i = 0; i < 200_000; i++) {
      pieces.insert("a").insert("b", BOLD);
    }
    LiveDocument colourful = document(pieces);
    HeadingReader busy = reader(colourful);
    assertFalse(busy.read(0, colourful.length()));
    assertTrue(busy.steps() <= HeadingReader.MOST_STEPS + 2, "steps: " + busy.steps());
  }

  @Test
  void countsByTheTextAndNotByItsLines() {
    LiveDocument lines = document(Delta.builder().insert("a line\n".repeat(400_000)));
    HeadingReader reader = reader(lines);
    assertTrue(reader.read(0, lines.length()));
    LiveDocument line = document(Delta.builder().insert("a-line-".repeat(400_000)));
    HeadingReader same = reader(line);
    assertTrue(same.read(0, line.length()));
    assertEquals(same.steps(), reader.steps());
    LiveDocument longer = document(Delta.builder().insert("a line\n".repeat(500_000)));
    assertFalse(reader(longer).read(0, longer.length()));
  }

  @Test
  void readsAHeadingWhereverItsLineIsCut() {
    for (int before = 16_370; before < 16_386; before++) {
      LiveDocument document =
          document(
              Delta.builder()
                  .insert("x".repeat(before) + "\n \t")
                  .embed("divider", true, Attributes.NONE)
                  .insert("Glo")
                  .insert("ssary of ours", BOLD)
                  .insert("\n", Text.heading(2)));
      HeadingReader reader = reader(document);
      assertTrue(reader.read(0, document.length()));
      assertEquals(List.of(new Heading(before + 1, 2, true)), reader.headings());
    }
  }
}

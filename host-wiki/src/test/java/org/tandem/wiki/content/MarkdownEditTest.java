package org.tandem.wiki.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.document.markdown.Markdown;

class MarkdownEditTest {

  private static final Attributes STRANGE = Attributes.of(Map.of("strange", "x"));

  /** A plugin's format and empty lines: Markdown says neither. */
  private static final Delta BASE =
      Delta.builder()
          .insert("one ")
          .insert("two", STRANGE)
          .insert("\n\n\nthree\n")
          .insert("four", STRANGE)
          .insert("\nfive\n")
          .build();

  private static Delta edit(String from, String to) {
    return Saves.apply(BASE, Markdown.write(BASE).replace(from, to));
  }

  @Test
  void anUnchangedTextIsTheDocumentItself() {
    assertSame(BASE, Saves.apply(BASE, Markdown.write(BASE)));
  }

  @Test
  void aChangedWordLeavesTheRestAsItWas() {
    Delta expected =
        Delta.builder()
            .insert("one ")
            .insert("two", STRANGE)
            .insert("\n\n\nTHREE\n")
            .insert("four", STRANGE)
            .insert("\nfive\n")
            .build();
    assertEquals(expected, edit("three", "THREE"));
  }

  @Test
  void aWordIsAddedToALineWithAStrangeFormat() {
    Delta expected =
        Delta.builder()
            .insert("one ")
            .insert("two", STRANGE)
            .insert(" and a half\n\n\nthree\n")
            .insert("four", STRANGE)
            .insert("\nfive\n")
            .build();
    assertEquals(expected, edit("two", "two and a half"));
  }

  @Test
  void aParagraphIsAddedAndAnotherRemoved() {
    Delta expected =
        Delta.builder()
            .insert("zero\none ")
            .insert("two", STRANGE)
            .insert("\n\n\nthree\n")
            .insert("four", STRANGE)
            .insert("\n")
            .build();
    String markdown = Markdown.write(BASE).replace("five", "").replace("one", "zero\n\none");
    assertEquals(expected, Saves.apply(BASE, markdown));
  }

  @Test
  void aTextThatHasNothingInCommonKeepsTheEmptyLinesBetween() {
    Delta expected = Delta.builder().insert("all\n\n\nnew\n").build();
    assertEquals(expected, Saves.apply(BASE, "all\n\nnew"));
  }

  @Test
  void anEmptyTextIsAnEmptyPage() {
    assertEquals(Documents.EMPTY_PAGE, Saves.apply(BASE, ""));
  }
}

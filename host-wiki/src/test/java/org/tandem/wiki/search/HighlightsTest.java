package org.tandem.wiki.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HighlightsTest {

  private static String text(List<Piece> pieces) {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  @Test
  void wordsAreMarkedAsTheyStandInTheText() {
    assertEquals(
        List.of(new Piece("My ", false), new Piece("Résumé", true), new Piece(" and <b>", false)),
        Highlights.of("My Résumé and <b>", Set.of("resume")));
  }

  @Test
  void anExcerptShowsTheFirstHit() {
    String text = "word ".repeat(200) + "needle " + "word ".repeat(200);
    List<Piece> excerpt = Highlights.excerpt(text, Set.of("needle"));
    assertTrue(excerpt.contains(new Piece("needle", true)));
    assertTrue(text(excerpt).length() < 300);
    assertTrue(text(excerpt).startsWith("… ") && text(excerpt).endsWith(" …"));
  }

  @Test
  void anExcerptOfATextWithoutBlanksSplitsNoCharacter() {
    String faces = "\ud83d\ude00".repeat(500);
    String shown = text(Highlights.excerpt("x" + faces, Set.of("none")));
    assertTrue(shown.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000));
  }

  @Test
  void anEmptyTextHasAnEmptyExcerpt() {
    assertEquals(List.of(), Highlights.excerpt("", Set.of("a")));
  }
}

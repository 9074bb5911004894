package org.tandem.wiki.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void controlsAndManyBlanksBecomeOne() {
    assertEquals(Optional.of("a b"), Names.clean(" a\u0000\n\t b\u202e ", 80));
  }

  @Test
  void somethingMustBeVisible() {
    assertEquals(Optional.empty(), Names.clean("\u200b\u00a0\u0007", 80));
  }

  @Test
  void theLimitCountsCharacters() {
    String face = "\ud83d\ude00";
    assertEquals(Optional.of(face.repeat(3)), Names.clean(face.repeat(3), 3));
    assertEquals(Optional.empty(), Names.clean(face.repeat(4), 3));
  }

  @Test
  void whatIsTooLongCanBeCut() {
    String face = "\ud83d\ude00";
    assertEquals(face.repeat(3), Names.cut(" " + face.repeat(3), 3));
    assertEquals(face.repeat(2) + "…", Names.cut(face.repeat(4), 3));
    assertEquals("", Names.cut("\u200b".repeat(90), 80));
  }

  @Test
  void halvesOfSurrogatePairsGo() {
    assertEquals(Optional.of("a b"), Names.clean("a\ud800b", 80));
  }
}

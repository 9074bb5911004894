package org.tandem.collab.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tandem.collab.branch.Branches.applied;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;

class MergeTest {

  /** The merged document, after the law that both ways lead to it. */
  static Delta merged(Delta base, List<Delta> branch, List<Delta> committed) {
    Merge merge = Merge.of(branch, committed);
    Delta here = applied(base, committed).compose(merge.change());
    assertEquals(here, applied(base, branch).compose(merge.catchUp()));
    return here;
  }

  static Delta text(String text) {
    return Delta.builder().insert(text).build();
  }

  static Delta insert(int at, String text) {
    return Delta.builder().retain(at).insert(text).build();
  }

  static Delta delete(int at, int length) {
    return Delta.builder().retain(at).delete(length).build();
  }

  private static Delta format(int at, int length, String name, Object value) {
    return Delta.builder().retain(at).retain(length, Attributes.of(Map.of(name, value))).build();
  }

  @Nested
  class Order {

    @Test
    void setsTheCommittedTextFirstAtOnePlace() {
      assertEquals(text("aABCxyzb\n"), merged(text("ab\n"), typed(1, "xyz"), typed(1, "ABC")));
    }

    @Test
    void neverInterleavesWhatWasTypedBackwards() {
      List<Delta> branch = List.of(insert(1, "z"), insert(1, "y"), insert(1, "x"));
      List<Delta> committed = List.of(insert(1, "C"), insert(1, "B"), insert(1, "A"));
      assertEquals(text("aABCxyzb\n"), merged(text("ab\n"), branch, committed));
    }

    /** Composed deltas, and change by change too, would put the committed text first. */
    @Test
    void knowsOnWhichSideOfADeletedWordTheTextWasWritten() {
      List<Delta> branch = List.of(delete(0, 1), delete(0, 1), insert(0, "Y"));
      List<Delta> committed = List.of(insert(1, "X"));
      assertEquals(text("YX\n"), merged(text("ab\n"), branch, committed));
    }

    private static List<Delta> typed(int at, String text) {
      List<Delta> changes = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        changes.add(insert(at + i, text.substring(i, i + 1)));
      }
      return changes;
    }
  }

  @Nested
  class DeletionsAndFormats {

    @Test
    void textInsertedIntoADeletedSentenceStands() {
      assertEquals(
          text("new\n"), merged(text("gone\n"), List.of(insert(2, "new")), List.of(delete(0, 4))));
    }

    @Test
    void whatOneSideFormattedAndTheOtherDeletedIsGone() {
      assertEquals(
          text("ad\n"),
          merged(text("abcd\n"), List.of(delete(1, 2)), List.of(format(0, 4, "bold", true)))
              .compose(
                  Delta.builder()
                      .retain(2, Attributes.of(Collections.singletonMap("bold", null)))
                      .build()));
    }

    @Test
    void aLineThatOneSideSplitAndTheOtherDeletedKeepsTheBreak() {
      assertEquals(
          text("\n\n"), merged(text("abcd\n"), List.of(delete(0, 4)), List.of(insert(2, "\n"))));
    }

    @Test
    void theCommittedValueOfAnAttributeStays() {
      Delta merged =
          merged(
              text("ab\n"),
              List.of(format(0, 2, "link", "/mine"), format(0, 1, "bold", true)),
              List.of(format(1, 1, "link", "/theirs")));
      assertEquals(
          Delta.builder()
              .insert("a", Attributes.of(Map.of("bold", true, "link", "/mine")))
              .insert("b", Attributes.of(Map.of("link", "/theirs")))
              .insert("\n")
              .build(),
          merged);
    }

    @Test
    void anEmbedIsPlacedAndFormattedLikeACharacter() {
      Delta embed =
          Delta.builder().retain(1).embed("image", Map.of("src", "/a"), Attributes.NONE).build();
      assertEquals(
          Delta.builder()
              .insert("aX")
              .embed("image", Map.of("src", "/a"), Attributes.of(Map.of("link", "/b")))
              .insert("b\n")
              .build(),
          merged(
              text("ab\n"), List.of(embed, format(1, 1, "link", "/b")), List.of(insert(1, "X"))));
    }
  }

  @Test
  void ofNothingIsNothing() {
    assertTrue(Merge.of(List.of(), List.of()).change().isEmpty());
    assertEquals(insert(1, "a"), Merge.of(List.of(insert(1, "a")), List.of()).change());
    assertEquals(insert(1, "a"), Merge.of(List.of(), List.of(insert(1, "a"))).catchUp());
  }

  /** Composing from the left copied the whole branch for each change: 14 s in a page's mailbox. */
  @Test
  void takesALongBranchInNoTime() {
    List<Delta> branch = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      branch.add(insert(i % 2 == 0 ? 0 : i, "x"));
    }
    List<Delta> committed = List.of(delete(1, 3), insert(2, "three"));
    Merge merge = assertTimeout(Duration.ofSeconds(5), () -> Merge.of(branch, committed));
    assertEquals(25_000, merge.change().changeLength());
  }

  /** Each formatting goes over all that was typed: 12,000 by 24,000 spans, as one message holds. */
  @Test
  void formatsALongBranchAgainAndAgainInNoTime() {
    Delta base = text("0123456789".repeat(2_000) + "\n");
    List<Delta> branch = new ArrayList<>();
    for (int i = 0; i < 12_000; i++) {
      branch.add(insert(i * 3 + 1, "x"));
    }
    for (int i = 0; i < 12_000; i++) {
      branch.add(format(0, 32_000, "bold", i));
    }
    Merge merge = assertTimeout(Duration.ofSeconds(10), () -> Merge.of(branch, List.of()));
    Op last = base.compose(merge.change()).ops().get(0);
    assertEquals(Attributes.of(Map.of("bold", 11_999)), last.attributes());
  }

  /** As many as one message holds; kept one by one they would fill any heap. */
  @Test
  void refusesMoreAttributesAtOnePlaceThanAnyDocumentHas() {
    List<Delta> wild = new ArrayList<>();
    for (int i = 0; i < 24_000; i++) {
      wild.add(format(0, 1, "k" + i, 1));
    }
    assertThrows(ArithmeticException.class, () -> Merge.of(wild, List.of()));
    assertThrows(ArithmeticException.class, () -> Merge.of(List.of(), wild));
  }

  /** Values whose hashes are all the same: a table keyed by attributes would search them all. */
  @Test
  void takesAttributesWhoseHashesCollide() {
    List<Delta> branch = new ArrayList<>();
    for (int i = 0; i < 13_000; i++) {
      StringBuilder link = new StringBuilder("/");
      for (int bit = 0; bit < 14; bit++) {
        link.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      Attributes attributes = Attributes.of(Map.of("link", link.toString()));
      branch.add(Delta.builder().insert("x", attributes).build());
    }
    Merge merge = assertTimeout(Duration.ofSeconds(5), () -> Merge.of(branch, List.of()));
    assertEquals(13_000, merge.change().ops().size());
  }

  @Test
  void refusesLengthsBeyondAnyDocument() {
    List<Delta> wild = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      wild.add(delete(0, 1 << 26));
    }
    assertThrows(ArithmeticException.class, () -> Merge.of(wild, List.of()));
  }
}

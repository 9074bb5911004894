package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.delta.Op;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.document.tree.Line;

class ProtectionTest {

  private final LiveDocument page =
      Text.document(
          "# Handbook",
          "Welcome",
          "## Glossary of ours",
          "Owner: a node",
          "### Older ones",
          "Leader: an owner",
          "## Behind",
          "the end");

  private boolean keeps(Delta change) {
    return keeps(page, change);
  }

  private static boolean keeps(LiveDocument document, Delta change) {
    Outline before = Outline.of(document, Text.MARK);
    return Protection.keeps(before, change, before.after(change));
  }

  private int at(String text) {
    return Text.at(page, text);
  }

  @Test
  void aGlossaryGoesToTheNextHeadingOfItsLevelOrAHigherOne() {
    assertEquals(
        List.of(new Section(at("Glossary"), at("Behind"))), Outline.of(page, "gloss").sections());
    LiveDocument last = Text.document("### Glossary", "A: b", "# C", "## Glossary", "D: e");
    assertEquals(
        List.of(new Section(0, Text.at(last, "C")), new Section(16, last.length())),
        Outline.of(last, Text.MARK).sections());
  }

  @Test
  void whatStandsInATableOrInCodeIsNoHeading() {
    Map<String, Object> cell = Map.of("table", "t", "row", "r", "column", "c");
    Delta document =
        Delta.builder()
            .insert("Glossary")
            .insert("\n", Attributes.of(Map.of("header", 1, "cell", cell)))
            .insert("Glossary")
            .insert("\n", Attributes.of(Map.of("header", 1, "code-block", true)))
            .build();
    assertEquals(List.of(), Outline.of(LiveDocument.of(document), Text.MARK).sections());
  }

  @Nested
  class Within {

    @ParameterizedTest
    @ValueSource(strings = {"lossary", "Owner", "ner", "Older", "Leader"})
    void nothingIsWrittenDeletedOrFormatted(String place) {
      int from = at(place);
      assertFalse(keeps(Text.insert(from, "x")));
      assertFalse(keeps(Text.insert(from, "\n")));
      assertFalse(keeps(Text.delete(from, from + 1)));
      assertFalse(keeps(Text.format(from, from + 1, "bold", true)));
    }

    @Test
    void itsLastLineIsNotContinued() {
      int end = at("\nBehind");
      assertFalse(keeps(Text.insert(end, "x")));
      assertFalse(keeps(Text.insert(end, "\nmore")));
      assertFalse(keeps(Text.insert(end + 1, "more\n")));
    }

    @Test
    void noPartOfADeletionReachesIn() {
      assertFalse(keeps(Text.delete(at("Welcome"), at("Owner"))));
      assertFalse(keeps(Text.delete(at("owner") + 1, at("the end"))));
      assertFalse(keeps(Text.delete(at("Welcome"), at("the end"))));
    }
  }

  @Nested
  class WaysAround {

    @Test
    void theHeadingStays() {
      int newline = at("\nOwner");
      assertFalse(keeps(Text.delete(at("Glossary"), newline + 1)), "deleted");
      assertFalse(keeps(Text.format(newline, newline + 1, "header", 3)), "of another level");
      Attributes none = Attributes.of(Collections.singletonMap("header", null));
      assertFalse(
          keeps(Delta.builder().retain(newline).retain(1, none).build()), "no heading any more");
      assertFalse(keeps(Text.insert(at("Glossary"), "No ")), "beginning otherwise");
      assertFalse(keeps(Text.insert(at("Glossary"), "Glossary ")), "beginning longer");
      assertFalse(keeps(Text.delete(at("\nGlossary"), at("Glossary"))), "joined to another line");
    }

    @Test
    void noHeadingCutsItOff() {
      assertFalse(keeps(Text.insertHeading(at("Owner"), "Mine", 1)));
      assertFalse(keeps(Text.insertHeading(at("Leader"), "Mine", 2)));
    }

    @Test
    void theHeadingBehindStaysOne() {
      int newline = at("\nthe end");
      assertFalse(keeps(Text.format(newline, newline + 1, "header", 3)), "of a lower level");
      assertFalse(keeps(Text.delete(at("Behind"), at("the end"))), "deleted");
      assertTrue(keeps(Text.format(newline, newline + 1, "header", 1)), "of a higher level");
    }

    @Test
    void nobodyMakesAGlossaryOfOtherText() {
      assertFalse(keeps(Text.insertHeading(at("the end"), "Glossary", 2)));
      assertFalse(keeps(Text.insert(at("Behind"), "glossary ")));
    }
  }

  @Nested
  class Elsewhere {

    @Test
    void everythingGoesAlsoWhatShiftsIt() {
      assertTrue(keeps(Text.insert(at("Welcome"), "x")));
      assertTrue(keeps(Text.insert(at("\nGlossary"), "\nmore lines\nof it")));
      assertTrue(keeps(Text.insert(at("Glossary"), "a line of its own\n")));
      assertTrue(keeps(Text.insertHeading(at("Welcome"), "Another", 1)));
      assertTrue(keeps(Text.delete(0, at("Glossary"))));
      assertTrue(keeps(Text.insert(at("Behind"), "Far ")));
      assertTrue(keeps(Text.insertHeading(at("Behind"), "Between", 2)));
      assertTrue(keeps(Text.delete(at("ehind"), at("the end") - 1)));
      assertTrue(keeps(Text.format(at("the end"), page.length(), "bold", true)));
    }

    @Test
    void beforeAndBehindInOneChange() {
      Delta both =
          Delta.builder().insert("x").retain(at("Behind")).insert("y").retain(2).delete(1).build();
      assertTrue(keeps(both));
    }

    @Test
    void aPageWithoutOneIsFree() {
      LiveDocument free = Text.document("# A", "b", "");
      assertTrue(keeps(free, Text.delete(0, 3)));
      assertTrue(keeps(free, Text.insertHeading(2, "C", 3)));
    }
  }

  /** Changes at random: the outline follows, and no glossary changes by what the rule lets pass. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsForChangesAtRandom(long seed) {
    Random random = new Random(seed);
    Outline outline = Outline.of(page, Text.MARK);
    int kept = 0;
    for (int i = 0; i < 2_000; i++) {
      Delta change = change(random, outline.document());
      Outline after = outline.after(change);
      assertEquals(Outline.of(after.document(), Text.MARK).headings(), after.headings());
      boolean keeps = Protection.keeps(outline, change, after);
      if (keeps) {
        List<Section> sections = outline.sections();
        assertEquals(
            sections.stream().map(each -> change.transformPosition(each.from(), false)).toList(),
            Protection.moved(change, sections).stream().map(Section::from).toList());
        assertEquals(glossaries(outline), glossaries(after), "seed " + seed + ": " + change);
        kept++;
      }
      if (keeps || random.nextInt(10) == 0) {
        outline = after.document().length() > 400 ? Outline.of(page, Text.MARK) : after;
      }
    }
    assertTrue(kept > 100, "some were accepted: " + kept);
  }

  /** Line by line, without positions. */
  private static List<List<Line>> glossaries(Outline outline) {
    List<Line> lines = Line.of(outline.document().toDelta());
    List<List<Line>> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (level(lines.get(i)) > 0 && text(lines.get(i)).startsWith(Text.MARK)) {
        int end = i + 1;
        while (end < lines.size()
            && (level(lines.get(end)) == 0 || level(lines.get(end)) > level(lines.get(i)))) {
          end++;
        }
        all.add(lines.subList(i, end));
      }
    }
    return all;
  }

  private static int level(Line line) {
    return line.attributes().get("header") instanceof Integer level ? level : 0;
  }

  private static String text(Line line) {
    StringBuilder text = new StringBuilder();
    line.content().forEach(op -> text.append(((Op.Insert) op).text()));
    return text.toString();
  }

  private static Delta change(Random random, LiveDocument document) {
    DeltaBuilder change = Delta.builder();
    int at = random.nextInt(document.length());
    change.retain(at);
    for (int parts = 1 + random.nextInt(2); parts > 0; parts--) {
      int left = document.length() - 1 - at;
      int length = Math.min(left, 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> change.insert("word");
        case 1 -> change.insert("\n");
        case 2 ->
            change
                .insert(random.nextBoolean() ? "Glossary" : "Part")
                .insert("\n", Text.heading(1 + random.nextInt(3)));
        case 3 -> {
          change.delete(length);
          at += length;
        }
        case 4 -> {
          change.retain(length);
          at += length;
        }
        default -> {
          int newline = document.text(at, document.length()).indexOf('\n');
          change.retain(newline);
          change.retain(1, Text.heading(1 + random.nextInt(3)));
          return change.build();
        }
      }
    }
    return change.build();
  }
}

package org.tandem.api.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.ConflictRule;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Format;
import org.tandem.api.document.format.Format.Place;
import org.tandem.api.document.format.Formats;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Markup;
import org.tandem.api.document.format.Tag;

/** What plugins' formats may be, and what the check makes of them. */
class DeclaredFormatsTest {

  private static final Delta TEXT = Delta.builder().insert("word\n").build();

  private static DeclaredFormat inline(String name, ConflictRule conflict) {
    return new DeclaredFormat(
        new Format(name, Place.INLINE, String.class::isInstance),
        conflict,
        (attribute, value) -> Look.Inline.of(Markup.Element.of(Tag.MARK)));
  }

  private static Delta set(String name, Object value) {
    return Delta.builder().retain(4, Attributes.of(Map.of(name, value))).build();
  }

  private static boolean isAccepted(DocumentCheck.Verdict verdict) {
    return verdict instanceof DocumentCheck.Verdict.Accepted;
  }

  @Nested
  class AFamily {

    private final Formats formats =
        Formats.builtIn().with(inline("box-note", ConflictRule.EACH_KEY));

    @Test
    void hasAnAttributeForEachKeyAndNoneWithout() {
      assertTrue(formats.attribute("box-note-a1").isPresent());
      assertTrue(formats.attribute("box-note-two-words").isPresent());
      assertEquals(Optional.empty(), formats.attribute("box-note"));
      assertEquals(Optional.empty(), formats.attribute("box-note-"));
      assertEquals(Optional.empty(), formats.attribute("box-notes"));
      assertEquals(Optional.empty(), formats.attribute("box-note-" + "k".repeat(25)));
    }

    @Test
    void keepsItsNamesForItself() {
      assertThrows(
          IllegalArgumentException.class,
          () -> formats.with(inline("box-note-a1", ConflictRule.ONE_VALUE)));
      assertThrows(
          IllegalArgumentException.class,
          () -> formats.with(inline("box-note", ConflictRule.ONE_VALUE)));
      Formats one = Formats.builtIn().with(inline("box-note-a1", ConflictRule.ONE_VALUE));
      assertThrows(
          IllegalArgumentException.class,
          () -> one.with(inline("box-note", ConflictRule.EACH_KEY)));
    }

    @Test
    void isJudgedByItsRule() {
      DocumentCheck check = new DocumentCheck(formats);
      assertTrue(isAccepted(check.check(TEXT, set("box-note-a1", "text"))));
      assertEquals(
          new DocumentCheck.Verdict.Refused("The value of box-note-a1 is not allowed."),
          check.check(TEXT, set("box-note-a1", 1)));
    }

    /**
     * Two keys that are set at once on the same text both stay; of one key the lower revision's.
     */
    @Test
    void keepsWhatTwoSetAtOnce() {
      Delta one = set("box-note-a", "one");
      Delta other = set("box-note-b", "other");
      Delta both = TEXT.compose(one).compose(one.transform(other, true));
      assertEquals(
          Map.of("box-note-a", "one", "box-note-b", "other"),
          both.ops().get(0).attributes().asMap());
      Delta same = set("box-note-a", "late");
      assertEquals(
          Map.of("box-note-a", "one"),
          TEXT.compose(one).compose(one.transform(same, true)).ops().get(0).attributes().asMap());
    }
  }

  @Test
  void anEmbedHasNoKeys() {
    Format embed = new Format("person", Place.EMBED, String.class::isInstance);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DeclaredFormat(
                embed, ConflictRule.EACH_KEY, (n, v) -> Look.Thing.of(new Markup.Text(""), "")));
  }

  /** Two embeds that are inserted at once at one place both stay, the lower revision's left. */
  @Test
  void embedsAreAtomic() {
    Delta one = Delta.builder().embed("person", "a", Attributes.NONE).build();
    Delta other = Delta.builder().embed("person", "b", Attributes.NONE).build();
    Delta both = TEXT.compose(one).compose(one.transform(other, true));
    assertEquals(one.ops().get(0), both.ops().get(0));
    assertEquals(other.ops().get(0), both.ops().get(1));
  }

  /** A page that is open sees a new format without being opened again, and an old one go. */
  @Test
  void theCheckGoesByTheFormatsOfNow() {
    AtomicReference<Formats> now = new AtomicReference<>(Formats.builtIn());
    DocumentCheck check = new DocumentCheck(now::get);
    assertEquals(
        new DocumentCheck.Verdict.Refused("There is no format of this name."),
        check.check(TEXT, set("glow", "x")));
    now.set(Formats.builtIn().with(inline("glow", ConflictRule.ONE_VALUE)));
    assertTrue(isAccepted(check.check(TEXT, set("glow", "x"))));
    now.set(Formats.builtIn());
    Delta stored = TEXT.compose(set("glow", "x"));
    assertEquals(
        new DocumentCheck.Verdict.Refused("There is no format of this name."),
        check.check(stored, set("glow", "y")));
    Attributes none = Attributes.of(Collections.singletonMap("glow", null));
    assertTrue(isAccepted(check.check(stored, Delta.builder().retain(4, none).build())));
  }

  @Test
  void aPartOfALiveDocumentIsToBeHad() {
    Delta document = TEXT.compose(set("bold", true));
    LiveDocument live = LiveDocument.of(document);
    assertEquals(
        Delta.builder().insert("rd", Attributes.of(Map.of("bold", true))).insert("\n").build(),
        live.slice(2, 5));
    assertEquals("or", live.text(1, 3));
    assertEquals(Delta.EMPTY, live.slice(2, 2));
  }

  @Nested
  class Markups {

    private void refused(Tag tag, String attribute, String value) {
      assertThrows(
          IllegalArgumentException.class, () -> Markup.Element.of(tag).with(attribute, value));
    }

    @Test
    void haveHarmlessAttributesAlone() {
      refused(Tag.SPAN, "onclick", "alert(1)");
      refused(Tag.SPAN, "style", "position: fixed");
      refused(Tag.SPAN, "id", "main");
      refused(Tag.SPAN, "href", "/pages");
      refused(Tag.A, "href", "javascript:alert(1)");
      refused(Tag.IMG, "src", "https://elsewhere.example/x.png");
      refused(Tag.IMG, "src", "//elsewhere.example/x.png");
      refused(Tag.IMG, "onerror", "alert(1)");
      refused(Tag.SPAN, "data-\"x", "y");
      assertEquals(
          Map.of("alt", "a", "src", "/plugins/x.png"),
          Markup.Element.of(Tag.IMG).with("src", "/plugins/x.png").with("alt", "a").attributes());
    }

    @Test
    void nestAsHtmlDoes() {
      Markup.Element block = Markup.Element.of(Tag.DIV);
      assertThrows(IllegalArgumentException.class, () -> Markup.Element.of(Tag.SPAN).with(block));
      assertThrows(IllegalArgumentException.class, () -> Markup.Element.of(Tag.P).with(block));
      assertThrows(IllegalArgumentException.class, () -> Markup.Element.of(Tag.BR).text("x"));
      assertEquals(2, block.with(Markup.Element.of(Tag.P)).parts());
    }

    @Test
    void areBounded() {
      String text = "x".repeat(Markup.MOST_CHARACTERS + 1);
      assertThrows(IllegalArgumentException.class, () -> Markup.Element.of(Tag.SPAN).text(text));
      Markup.Element many = Markup.Element.of(Tag.SPAN);
      for (int i = 1; i < Markup.MOST_PARTS; i++) {
        many = many.text("");
      }
      Markup.Element most = many;
      assertThrows(IllegalArgumentException.class, () -> most.text(""));
    }
  }

  @Nested
  class Looking {

    @Test
    void standsWhereItsFormatDoes() {
      Markup.Element block = Markup.Element.of(Tag.DIV);
      assertThrows(IllegalArgumentException.class, () -> Look.Inline.of(block));
      assertThrows(IllegalArgumentException.class, () -> Look.Line.of(Markup.Element.of(Tag.SPAN)));
      assertThrows(IllegalArgumentException.class, () -> Look.Thing.of(block, ""));
      assertThrows(
          IllegalArgumentException.class, () -> Look.Inline.of(Markup.Element.of(Tag.IMG)));
    }

    @Test
    void isSaidInMarkdownByTheWikisOwnFormats() {
      Markup.Element mark = Markup.Element.of(Tag.MARK);
      Attributes bold = Attributes.of(Map.of("bold", true));
      assertEquals(bold, new Look.Inline(mark, bold, "", "").markdown());
      for (Map<String, Object> other :
          List.<Map<String, Object>>of(
              Map.of("glow", true),
              Map.of("header", 1),
              Map.of("link", "javascript:x"),
              Map.of("bold", false))) {
        assertThrows(
            IllegalArgumentException.class,
            () -> new Look.Inline(mark, Attributes.of(other), "", ""));
      }
      assertThrows(
          IllegalArgumentException.class, () -> Look.Thing.of(new Markup.Text(""), "two\nlines"));
    }
  }
}

package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaBuilder;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.ChangeCheck.Answer;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.editor.ProposedChange.Manner;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

class GuardTest {

  private static final Answer ACCEPTED = new Answer.Accept();

  private final Outlines outlines = new Outlines(Text.MARK);
  private final Guard guard = new Guard(outlines, Access.ADMIN, Text.MARK);
  private final User author = new User(UserId.random(), "Anna", "#123456", false);
  private final PageId page = PageId.random();

  private Answer check(Access access, long head, LiveDocument at, Delta change, Manner manner) {
    return guard.check(
        new ProposedChange(page, author.id(), head, at, change, manner), author, access);
  }

  @ParameterizedTest
  @EnumSource
  void whoHasNotTheRightIsRefusedWithOneSentence(Manner manner) {
    LiveDocument at = Text.document("# Glossary", "A: a");
    Delta change = Text.insert(at.length() - 1, "x");
    Answer.Refuse refused =
        assertInstanceOf(Answer.Refuse.class, check(Access.EDIT, 7, at, change, manner));
    assertEquals(
        "Sections that begin with “Glossary” are kept by those who administer the page: write"
            + " elsewhere on it, or ask one of them.",
        refused.reason());
    assertEquals(ACCEPTED, check(Access.ADMIN, 7, at, change, manner));
  }

  @Test
  void aPageMayBeMadeWithAGlossaryAndHasItFromThenOn() {
    LiveDocument empty = Text.document("");
    Delta text = Text.insertHeading(0, "Glossary", 1);
    assertEquals(ACCEPTED, check(Access.EDIT, 0, empty, text, Manner.SAVED));
    assertInstanceOf(
        Answer.Refuse.class, check(Access.EDIT, 0, empty, text, Manner.TYPED), "typed it is not");
    LiveDocument made = empty.apply(text);
    assertInstanceOf(
        Answer.Refuse.class, check(Access.EDIT, 1, made, Text.insert(3, "x"), Manner.SAVED));
  }

  private String refused(LiveDocument at, Delta change) {
    return assertInstanceOf(
            Answer.Refuse.class, check(Access.EDIT, 7, at, change, Manner.TYPED), change.toString())
        .reason();
  }

  @Test
  void whoHasNotTheRightCannotMakeACheckLongByWhatSheSends() {
    LiveDocument at = Text.document("# Glossary", "A: a", "# Behind", "the end");
    int end = Text.at(at, "the end");
    Delta lines = Text.insert(end, "x\n".repeat(Guard.MOST_LINES));
    assertEquals(ACCEPTED, check(Access.EDIT, 7, at, lines, Manner.TYPED), "as much as is taken");
    Delta newlines =
        Delta.builder().retain(end).insert("\n".repeat(500_000), Text.heading(1)).build();
    assertTrue(refused(at, newlines).startsWith("This is too much at once"));
    Delta word = Text.insert(end, "w".repeat(Guard.MOST_CHARACTERS + 1));
    assertTrue(refused(at, word).startsWith("This is too much at once"));
    assertTrue(refused(at, parts(Guard.MOST_PARTS + 2)).startsWith("This is too much at once"));
    assertEquals(ACCEPTED, check(Access.ADMIN, 7, at, newlines, Manner.TYPED));
    assertEquals(
        ACCEPTED,
        check(Access.EDIT, 0, Text.document(""), Text.insert(0, "\n".repeat(9_000)), Manner.SAVED),
        "a page is made");
  }

  /** A change that formats every other character. */
  private static Delta parts(int many) {
    DeltaBuilder change = Delta.builder();
    for (int i = 0; i < many; i += 2) {
      change.retain(1, Attributes.of(Map.of("bold", true))).retain(1);
    }
    return change.retain(1, Attributes.of(Map.of("bold", true))).build();
  }

  @Test
  void norByHowManyHeadingsThePageHas() {
    LiveDocument full = Text.headings(HeadingReader.MOST_HEADINGS);
    assertEquals(
        ACCEPTED, check(Access.EDIT, 7, full, Text.insert(full.length() - 1, "x"), Manner.TYPED));
    Delta one = Text.insertHeading(full.length() - 2, "one more", 2);
    assertEquals(
        "Sections that begin with “Glossary” cannot be kept on a page with more than 2000 headings,"
            + " or with as much text as this: write less, or ask one of those who administer the"
            + " page.",
        refused(full, one));
    assertEquals(ACCEPTED, check(Access.ADMIN, 7, full, one, Manner.TYPED));
    LiveDocument over = full.apply(one);
    refused(over, Text.insert(0, "x"));
    Delta less = Text.delete(0, 2);
    assertEquals(ACCEPTED, check(Access.ADMIN, 8, over, less, Manner.TYPED));
    assertEquals(
        ACCEPTED, check(Access.EDIT, 9, over.apply(less), Text.insert(0, "x"), Manner.TYPED));
  }
}

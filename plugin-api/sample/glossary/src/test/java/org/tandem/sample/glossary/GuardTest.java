package org.tandem.sample.glossary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tandem.api.delta.Delta;
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
}

package org.tandem.sample.callouts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import org.tandem.api.delta.Attributes;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.LiveDocument;
import org.tandem.api.editor.ChangeCheck.Answer;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.api.host.UserId;

class MentionCheckTest {

  private final Seal seal = new Seal(new byte[32]);
  private final User anna = new User(UserId.random(), "Anna", "#123456", false);
  private final MentionCheck check = new MentionCheck(seal);

  private Answer answer(int mentions, Seal by) {
    var change = Delta.builder().insert("to ");
    for (int i = 0; i < mentions; i++) {
      change.embed(Mention.FORMAT, by.mention(anna).plain(), Attributes.NONE);
    }
    LiveDocument page = LiveDocument.of(Delta.builder().insert("\n").build());
    return check.check(
        new ProposedChange(
            PageId.random(), anna.id(), 3, page, change.build(), ProposedChange.Manner.TYPED),
        anna,
        Access.ADMIN);
  }

  @Test
  void mentionsAreTheWikisOwn() {
    assertEquals(new Answer.Accept(), answer(0, seal));
    assertEquals(new Answer.Accept(), answer(2, seal));
    Seal another = new Seal(new byte[] {1});
    assertEquals(
        "This mention was not made by the wiki: type @ and choose the person anew.",
        assertInstanceOf(Answer.Refuse.class, answer(1, another)).reason());
  }

  @Test
  void nobodyMakesTheCheckLongByManyAtOnce() {
    assertEquals(new Answer.Accept(), answer(MentionCheck.MOST, seal));
    assertEquals(
        "These are more than 200 mentions at once: insert them in several parts.",
        assertInstanceOf(Answer.Refuse.class, answer(MentionCheck.MOST + 1, seal)).reason());
  }
}

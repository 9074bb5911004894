package org.tandem.sample.callouts;

import org.tandem.api.delta.Op;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;

/**
 * Refuses mentions that the wiki has not made, and more of them at once than can be looked at in
 * the time that a check has.
 */
final class MentionCheck implements ChangeCheck {

  static final int MOST = 200;

  private static final Answer ACCEPTED = new Answer.Accept();
  private static final Answer FORGED =
      new Answer.Refuse(
          "This mention was not made by the wiki: type @ and choose the person anew.");
  private static final Answer TOO_MANY =
      new Answer.Refuse(
          "These are more than " + MOST + " mentions at once: insert them in several parts.");

  private final Seal seal;

  MentionCheck(Seal seal) {
    this.seal = seal;
  }

  @Override
  public Answer check(ProposedChange change, User author, Access access) {
    // Counted before any is read.
    long many =
        change.change().ops().stream()
            .filter(op -> op instanceof Op.Embed embed && embed.type().equals(Mention.FORMAT))
            .limit(MOST + 1L)
            .count();
    if (many == 0 || many > MOST) {
      return many == 0 ? ACCEPTED : TOO_MANY;
    }
    return seal.holds(Mention.in(change.change())) ? ACCEPTED : FORGED;
  }

  @Override
  public String name() {
    return "mentions are the wiki's";
  }
}

package org.tandem.sample.callouts;

import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;

/** Refuses mentions that the wiki has not made. */
final class MentionCheck implements ChangeCheck {

  private final Seal seal;

  MentionCheck(Seal seal) {
    this.seal = seal;
  }

  @Override
  public Answer check(ProposedChange change, User author, Access access) {
    return Mention.in(change.change()).stream().allMatch(seal::holds)
        ? new Answer.Accept()
        : new Answer.Refuse(
            "This mention was not made by the wiki: type @ and choose the person anew.");
  }

  @Override
  public String name() {
    return "mentions are the wiki's";
  }
}

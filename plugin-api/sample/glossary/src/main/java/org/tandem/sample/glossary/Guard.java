package org.tandem.sample.glossary;

import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;

/** Refuses changes of glossaries by people who have no right to them. */
final class Guard implements ChangeCheck {

  private final Outlines outlines;
  private final Access needed;
  private final Answer refusal;

  Guard(Outlines outlines, Access needed, String mark) {
    this.outlines = outlines;
    this.needed = needed;
    this.refusal =
        new Answer.Refuse(
            "Sections that begin with “"
                + mark
                + "” are kept by those who administer the page: write elsewhere on it, or ask one"
                + " of them.");
  }

  @Override
  public Answer check(ProposedChange change, User author, Access access) {
    // Also for those who may do everything: the outline follows with each change.
    Outlines.Step step = outlines.step(change);
    return access.allows(needed)
            || isFirst(change)
            || Protection.keeps(step.before(), step.change(), step.after())
        ? new Answer.Accept()
        : refusal;
  }

  /** The text that a page is made with: nobody has rights of her own to it yet. */
  private static boolean isFirst(ProposedChange change) {
    return change.head() == 0 && change.manner() == ProposedChange.Manner.SAVED;
  }

  @Override
  public String name() {
    return "glossary guard";
  }
}

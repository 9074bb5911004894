package org.tandem.sample.glossary;

import java.util.Optional;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.Access;
import org.tandem.api.host.User;

/**
 * Refuses changes of glossaries by people who have no right to them.
 *
 * <p>A check that takes too long is left out after a while. So that nobody makes it one, it has a
 * measure: before any work it refuses a change that is too much to look through, and one of a page
 * that is.
 */
final class Guard implements ChangeCheck {

  static final int MOST_LINES = 2_000;
  static final int MOST_PARTS = 5_000;
  static final int MOST_CHARACTERS = 500_000;

  private static final Answer TOO_MUCH =
      new Answer.Refuse(
          "This is too much at once for a page whose glossary is kept: insert at most "
              + MOST_LINES
              + " lines and half a million characters, and write it in several parts.");

  private final Outlines outlines;
  private final Access needed;
  private final Answer refusal;
  private final Answer tooManyHeadings;

  Guard(Outlines outlines, Access needed, String mark) {
    this.outlines = outlines;
    this.needed = needed;
    this.refusal =
        new Answer.Refuse(
            "Sections that begin with “"
                + mark
                + "” are kept by those who administer the page: write elsewhere on it, or ask one"
                + " of them.");
    this.tooManyHeadings =
        new Answer.Refuse(
            "Sections that begin with “"
                + mark
                + "” cannot be kept on a page with more than "
                + HeadingReader.MOST_HEADINGS
                + " headings, or with as much text as this: write less, or ask one of those who"
                + " administer the page.");
  }

  @Override
  public Answer check(ProposedChange change, User author, Access access) {
    boolean free = access.allows(needed) || isFirst(change);
    if (isTooMuch(change.change())) {
      return free ? new Answer.Accept() : TOO_MUCH;
    }
    // Also for those who may do everything: the outline follows with each change.
    Optional<Outlines.Step> step = outlines.step(change);
    if (free) {
      return new Answer.Accept();
    }
    return step.map(this::judged).orElse(tooManyHeadings);
  }

  private Answer judged(Outlines.Step step) {
    return Protection.keeps(step.before(), step.change(), step.after())
        ? new Answer.Accept()
        : refusal;
  }

  private static boolean isTooMuch(Delta change) {
    if (change.ops().size() > MOST_PARTS) {
      return true;
    }
    int lines = 0;
    long characters = 0;
    for (Op op : change.ops()) {
      if (op instanceof Op.Insert insert) {
        String text = insert.text();
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
          return true;
        }
        int end = text.indexOf('\n');
        while (end >= 0 && lines <= MOST_LINES) {
          lines++;
          end = text.indexOf('\n', end + 1);
        }
      }
    }
    return lines > MOST_LINES;
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

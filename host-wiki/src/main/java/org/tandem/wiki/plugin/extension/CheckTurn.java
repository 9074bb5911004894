package org.tandem.wiki.plugin.extension;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.ChangeCheck;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.ProposedChange;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.Notices;
import org.tandem.wiki.plugin.hook.Turn;

/** All checks of one change, in one go. */
final class CheckTurn extends Turn {

  private static final Logger LOG = LoggerFactory.getLogger(CheckTurn.class);

  static final String AWAY =
      "The change could not be checked and is not saved yet: keep it and send it again.";

  /** The same for who can ask somebody to switch the plugin off. */
  static Hooks.Verdict unchecked(Hook<?> check) {
    return new Hooks.Verdict.Unknown(
        "The plugin "
            + check.plugin().id()
            + " failed to check the change, which is not saved yet: keep it and send it again. If"
            + " that goes on, tell an administrator.");
  }

  static final String NOBODY = "The account that made this change does not exist any more.";

  private final List<Hook<ChangeCheck>> checks;
  private final People people;
  private final ProposedChange change;
  private final Notices notices;

  /** Whoever waits; a thread that hangs must not hold it. Guarded by this. */
  private @Nullable Consumer<Hooks.Verdict> answer;

  /** Looked up before the checks are asked. */
  private People.@Nullable Author author;

  CheckTurn(
      long mostMillis,
      List<Hook<ChangeCheck>> checks,
      People people,
      ProposedChange change,
      Notices notices,
      Consumer<Hooks.Verdict> answer) {
    super(mostMillis);
    this.checks = checks;
    this.people = people;
    this.change = change;
    this.notices = notices;
    this.answer = answer;
  }

  @Override
  protected boolean prepare() {
    try {
      author = people.author(change).orElse(null);
      if (author == null) {
        answer(new Hooks.Verdict.Refused(NOBODY));
      }
      return author != null;
    } catch (RuntimeException away) {
      LOG.warn("Page {}: an author cannot be looked up: {}", change.page(), away.toString());
      answer(new Hooks.Verdict.Unknown(AWAY));
      return false;
    }
  }

  @Override
  protected void work() {
    Hooks.Verdict verdict = verdict(Objects.requireNonNull(author));
    if (verdict != null && done()) {
      answer(verdict);
    }
  }

  private void answer(Hooks.Verdict verdict) {
    Consumer<Hooks.Verdict> waiting;
    synchronized (this) {
      waiting = answer;
      answer = null;
    }
    if (waiting != null) {
      waiting.accept(verdict);
    }
  }

  /** Null when it was given up. */
  private Hooks.@Nullable Verdict verdict(People.Author author) {
    for (Hook<ChangeCheck> check : checks) {
      if (isGivenUp()) {
        return null;
      }
      Hooks.Verdict ended = verdict(check, author);
      if (!(ended instanceof Hooks.Verdict.Accepted)) {
        return ended;
      }
    }
    return new Hooks.Verdict.Accepted();
  }

  private Hooks.@Nullable Verdict verdict(Hook<ChangeCheck> check, People.Author author) {
    if (!check.isOn(change.page())) {
      // Switched off while this waited for its turn.
      return new Hooks.Verdict.Accepted();
    }
    ChangeCheck.@Nullable Answer said;
    String how = "gave no answer";
    try {
      said = within(check, () -> check.code().check(change, author.user(), author.access()));
    } catch (Throwable fault) {
      said = null;
      how = "threw " + fault;
    }
    if (isGivenUp()) {
      return null;
    }
    if (said == null) {
      notices.failed(check, change.page(), how);
      return unchecked(check);
    }
    check.fuse().succeeded(change.page());
    return said instanceof ChangeCheck.Answer.Refuse refuse
        ? new Hooks.Verdict.Refused(refuse.reason())
        : new Hooks.Verdict.Accepted();
  }

  @Override
  protected void late() {
    Hook<?> hook = blamed();
    if (hook != null) {
      notices.failed(hook, change.page(), "took longer than " + mostMillis() + " ms");
    }
    answer(hook == null ? new Hooks.Verdict.Unknown(AWAY) : unchecked(hook));
  }
}

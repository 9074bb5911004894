package org.tandem.collab.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/** Others' hooks, to be broken in one place. */
class PassingHooks implements Hooks {

  private final Hooks hooks;

  PassingHooks(Hooks hooks) {
    this.hooks = hooks;
  }

  @Override
  public Formats formats() {
    return hooks.formats();
  }

  @Override
  public boolean checks(PageId page) {
    return hooks.checks(page);
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    hooks.check(change, answer);
  }

  @Override
  public boolean listens() {
    return hooks.listens();
  }

  @Override
  public void ordered(List<PageChange> changes) {
    hooks.ordered(changes);
  }

  @Override
  public void committed(List<PageChange> changes) {
    hooks.committed(changes);
  }

  @Override
  public void missed(PageId page, long from, long to) {
    hooks.missed(page, from, to);
  }

  @Override
  public List<Notice> notices(PageId page) {
    return hooks.notices(page);
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return hooks.onNotice(listener);
  }
}

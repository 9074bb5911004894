package org.tandem.collab.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.EditorConnection;
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
  public void joined(EditorConnection connection) {
    hooks.joined(connection);
  }

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {
    hooks.left(connection, why);
  }

  @Override
  public Reception received(EditorConnection from, String plugin, Object value) {
    return hooks.received(from, plugin, value);
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    return hooks.onMessage(listener);
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    hooks.allows(page, field, value, answer);
  }

  @Override
  public List<Notice> notices(PageId page) {
    return hooks.notices(page);
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return hooks.onNotice(listener);
  }

  @Override
  public Registration onEditorChange(Runnable listener) {
    return hooks.onEditorChange(listener);
  }
}

package org.tandem.wiki.plugin;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.tandem.api.document.format.Formats;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.ProposedChange;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/**
 * The hooks as one plugin sees them.
 *
 * @param remembered notes a registration, to be closed with the plugin
 */
record ScopedHooks(Hooks all, UnaryOperator<Registration> remembered) implements Hooks {

  @Override
  public Formats formats() {
    return all.formats();
  }

  @Override
  public boolean checks(PageId page) {
    return all.checks(page);
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    all.check(change, answer);
  }

  @Override
  public boolean listens() {
    return all.listens();
  }

  @Override
  public void ordered(List<PageChange> changes) {
    all.ordered(changes);
  }

  @Override
  public void committed(List<PageChange> changes) {
    all.committed(changes);
  }

  @Override
  public void missed(PageId page, long from, long to) {
    all.missed(page, from, to);
  }

  @Override
  public void joined(EditorConnection connection) {
    all.joined(connection);
  }

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {
    all.left(connection, why);
  }

  @Override
  public Reception received(EditorConnection from, String plugin, Object value) {
    return all.received(from, plugin, value);
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    return remembered.apply(all.onMessage(listener));
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    all.allows(page, field, value, answer);
  }

  @Override
  public List<Notice> notices(PageId page) {
    return all.notices(page);
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return remembered.apply(all.onNotice(listener));
  }

  @Override
  public Registration onEditorChange(Runnable listener) {
    return remembered.apply(all.onEditorChange(listener));
  }
}

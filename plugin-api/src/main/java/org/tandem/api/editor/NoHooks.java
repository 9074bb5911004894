package org.tandem.api.editor;

import java.util.List;
import java.util.function.Consumer;
import org.tandem.api.document.format.Formats;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/** No plugin has registered anything. */
final class NoHooks implements Hooks {

  @Override
  public Formats formats() {
    return Formats.builtIn();
  }

  @Override
  public boolean checks(PageId page) {
    return false;
  }

  @Override
  public void check(ProposedChange change, Consumer<Verdict> answer) {
    answer.accept(new Verdict.Accepted());
  }

  @Override
  public boolean listens() {
    return false;
  }

  @Override
  public void ordered(List<PageChange> changes) {}

  @Override
  public void committed(List<PageChange> changes) {}

  @Override
  public void missed(PageId page, long from, long to) {}

  @Override
  public void joined(EditorConnection connection) {}

  @Override
  public void left(EditorConnection connection, EditorConnection.End why) {}

  @Override
  public Reception received(EditorConnection from, String plugin, Object value) {
    return Reception.NO_PLUGIN;
  }

  @Override
  public Registration onMessage(Consumer<Message> listener) {
    return () -> {};
  }

  @Override
  public void allows(PageId page, String field, Object value, Consumer<Permission> answer) {
    answer.accept(Permission.NO_PLUGIN);
  }

  @Override
  public List<Notice> notices(PageId page) {
    return List.of();
  }

  @Override
  public Registration onNotice(Consumer<Notice> listener) {
    return () -> {};
  }

  @Override
  public Registration onEditorChange(Runnable listener) {
    return () -> {};
  }
}

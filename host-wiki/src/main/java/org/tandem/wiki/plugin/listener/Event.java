package org.tandem.wiki.plugin.listener;

import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.editor.ChangeListener;
import org.tandem.api.editor.ConnectionListener;
import org.tandem.api.editor.EditorConnection;
import org.tandem.api.editor.PageChange;
import org.tandem.api.editor.PageMessageListener;
import org.tandem.api.host.PageId;
import org.tandem.api.plugin.PageSettings;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookKind;

/** What listeners are told. */
public sealed interface Event {

  /** Who is told. */
  HookKind kind();

  /** Whether this listener is told. */
  default boolean concerns(Hook<?> listener) {
    return listener.kind() == kind();
  }

  PageId page();

  /**
   * @param listener of this kind
   */
  void tell(Object listener);

  /** For a {@link ChangeListener}. */
  sealed interface OfChanges extends Event {

    @Override
    default HookKind kind() {
      return HookKind.LISTENER;
    }

    /** The lowest revision that it is about. */
    long from();

    /** The highest. */
    long to();

    @Override
    default void tell(Object listener) {
      tell((ChangeListener) listener);
    }

    void tell(ChangeListener listener);
  }

  /** It is about one change, at its revision. */
  sealed interface OfChange extends OfChanges {

    PageChange change();

    @Override
    default PageId page() {
      return change().page();
    }

    @Override
    default long from() {
      return change().rev();
    }

    @Override
    default long to() {
      return change().rev();
    }
  }

  record Ordered(PageChange change) implements OfChange {

    @Override
    public void tell(ChangeListener listener) {
      listener.ordered(change);
    }
  }

  record Committed(PageChange change) implements OfChange {

    @Override
    public void tell(ChangeListener listener) {
      listener.committed(change);
    }
  }

  record Missed(ChangeListener.Missed missed) implements OfChanges {

    public static Missed of(PageId page, long from, long to) {
      return new Missed(new ChangeListener.Missed(Optional.of(page), from, to));
    }

    @Override
    public long from() {
      return missed.from();
    }

    @Override
    public long to() {
      return missed.to();
    }

    @Override
    public PageId page() {
      return missed.page().orElse(Hook.NO_PAGE);
    }

    @Override
    public void tell(ChangeListener listener) {
      listener.missed(missed);
    }
  }

  /** For a {@link ConnectionListener}. */
  sealed interface OfConnections extends Event {

    @Override
    default HookKind kind() {
      return HookKind.CONNECTION;
    }

    @Override
    default void tell(Object listener) {
      tell((ConnectionListener) listener);
    }

    void tell(ConnectionListener listener);
  }

  record Joined(EditorConnection connection) implements OfConnections {

    @Override
    public PageId page() {
      return connection.page();
    }

    @Override
    public void tell(ConnectionListener listener) {
      listener.joined(connection);
    }
  }

  record Left(EditorConnection connection, EditorConnection.End why) implements OfConnections {

    @Override
    public PageId page() {
      return connection.page();
    }

    @Override
    public void tell(ConnectionListener listener) {
      listener.left(connection, why);
    }
  }

  record ConnectionsMissed() implements OfConnections {

    @Override
    public PageId page() {
      return Hook.NO_PAGE;
    }

    @Override
    public void tell(ConnectionListener listener) {
      listener.missed();
    }
  }

  /** For a {@link PageMessageListener} of the plugin. */
  record Received(EditorConnection from, Object value) implements Event {

    @Override
    public HookKind kind() {
      return HookKind.MESSAGE;
    }

    @Override
    public boolean concerns(Hook<?> listener) {
      return listener.kind() == HookKind.MESSAGE && from.access().allows(listener.needed());
    }

    @Override
    public PageId page() {
      return from.page();
    }

    @Override
    public void tell(Object listener) {
      ((PageMessageListener) listener).received(from, value);
    }
  }

  /** For those of the plugin who listen to what it keeps for pages. */
  record SettingChanged(PageSettings.Change change) implements Event {

    /** Any may have changed. */
    static final SettingChanged ANY =
        new SettingChanged(new PageSettings.Change(Optional.empty(), Optional.empty()));

    @Override
    public HookKind kind() {
      return HookKind.PAGE_SETTING;
    }

    @Override
    public PageId page() {
      return change.page().orElse(Hook.NO_PAGE);
    }

    /** It is registered as one that takes these. */
    @Override
    @SuppressWarnings("unchecked")
    public void tell(Object listener) {
      ((Consumer<PageSettings.Change>) listener).accept(change);
    }
  }
}

package org.tandem.wiki.plugin.hook;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.Hooks;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/** Counts faults, and tells when one switches a hook off. Threads: safe for use by any thread. */
public final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final String OFF = "plugin_off";

  private final List<Consumer<Hooks.Notice>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> onEditorChange = new CopyOnWriteArrayList<>();

  public Registration listen(Consumer<Hooks.Notice> listener) {
    // A listener of its own each time, so that closing takes back this one alone.
    Consumer<Hooks.Notice> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  public Registration listen(Runnable editorChange) {
    Runnable own = editorChange::run;
    onEditorChange.add(own);
    return () -> onEditorChange.remove(own);
  }

  public void editorChanged() {
    for (Runnable listener : onEditorChange) {
      try {
        listener.run();
      } catch (RuntimeException fault) {
        LOG.warn("That the editor has changed was not taken: {}", fault.toString());
      }
    }
  }

  /** A hook failed on a page. */
  public void failed(Hook<?> hook, PageId page, String how) {
    failed(hook, page, Object.class, how);
  }

  /**
   * The same of a hook that is called for several things.
   *
   * @param at for which it was
   */
  public void failed(Hook<?> hook, PageId page, Class<?> at, String how) {
    hook.plugin().figures(hook.kind()).failed();
    boolean on = hook.plugin().isOn();
    boolean off = hook.fuse().failed(page, at);
    LOG.debug("The {} of the plugin {} {} on page {}", hook.name(), hook.plugin().id(), how, page);
    if (off || !on) {
      LOG.warn(
          "The {} of the plugin {} is off on {} for ten minutes: it {}",
          hook.label(),
          hook.plugin().id(),
          on ? "page " + page : "all pages of this node, with all that the plugin adds to editing,",
          how);
      tell(of(hook, page));
    }
  }

  public static Hooks.Notice of(Hook<?> hook, PageId page) {
    return new Hooks.Notice(
        page,
        OFF,
        "The plugin "
            + hook.plugin().id()
            + " failed on this page: its "
            + hook.name()
            + " is off here for some minutes. Editing goes on.");
  }

  private void tell(Hooks.Notice notice) {
    for (Consumer<Hooks.Notice> listener : listeners) {
      try {
        listener.accept(notice);
      } catch (RuntimeException fault) {
        LOG.warn("A notice of page {} was not taken: {}", notice.page(), fault.toString());
      }
    }
  }
}

package org.tandem.collab.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tandem.api.editor.Hooks;
import org.tandem.api.host.PageId;
import org.tandem.collab.protocol.PluginValue;

/**
 * Brings values of presence fields past their plugins, which are asked elsewhere than in the
 * mailbox: of each connection one after the other, and of what waits for one field the newest. To
 * take a value away nobody is asked. All calls come in the page's mailbox.
 */
final class FieldRequests {

  /** Told, in the mailbox, what the plugin said of a value. */
  interface Listener {

    /**
     * @param value empty: it is taken away
     */
    void answered(
        LiveSession session, String field, Optional<PluginValue> value, Hooks.Permission said);
  }

  private final PageId page;
  private final Hooks hooks;
  private final Consumer<Runnable> mailbox;
  private final Listener listener;

  /** What waits, by field; a session is here as long as something of it is asked. */
  private final Map<LiveSession, Map<String, Optional<PluginValue>>> waiting = new HashMap<>();

  FieldRequests(PageId page, Hooks hooks, Consumer<Runnable> mailbox, Listener listener) {
    this.page = page;
    this.hooks = hooks;
    this.mailbox = mailbox;
    this.listener = listener;
  }

  void add(LiveSession session, String field, Optional<PluginValue> value) {
    Map<String, Optional<PluginValue>> before = waiting.get(session);
    if (before != null) {
      before.put(field, value);
      return;
    }
    waiting.put(session, new LinkedHashMap<>());
    ask(session, field, value);
  }

  private void ask(LiveSession session, String field, Optional<PluginValue> value) {
    Consumer<Hooks.Permission> answer =
        said -> mailbox.accept(() -> answered(session, field, value, said));
    value.ifPresentOrElse(
        present -> hooks.allows(page, field, present.plain(), answer),
        () -> answer.accept(Hooks.Permission.ALLOWED));
  }

  private void answered(
      LiveSession session, String field, Optional<PluginValue> value, Hooks.Permission said) {
    listener.answered(session, field, value, said);
    Map<String, Optional<PluginValue>> rest = waiting.getOrDefault(session, Map.of());
    if (rest.isEmpty() || session.ended()) {
      waiting.remove(session);
      return;
    }
    Map.Entry<String, Optional<PluginValue>> next = rest.entrySet().iterator().next();
    rest.remove(next.getKey());
    ask(session, next.getKey(), next.getValue());
  }
}

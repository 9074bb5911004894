package org.tandem.wiki.plugin.extension;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.editor.Hooks;
import org.tandem.api.editor.PageMessages;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.json.PlainJson;
import org.tandem.wiki.json.PlainJson.Nulls;
import org.tandem.wiki.json.PlainJson.Written;

/**
 * What plugins send to their modules in the editors of pages, within their quotas. Threads: safe
 * for use by any thread.
 */
final class Messages {

  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

  /** Beyond that who sent the longest ago begins anew. */
  private static final int KNOWN = 100_000;

  private record Sender(String plugin, PageId page) {}

  private final LongSupplier millis;
  private final List<Consumer<Hooks.Message>> listeners = new CopyOnWriteArrayList<>();

  /** An allowance is full again long before it is forgotten. */
  private final Cache<Sender, Allowance> allowances =
      Caffeine.newBuilder().maximumSize(KNOWN).expireAfterAccess(Duration.ofMinutes(1)).build();

  /**
   * @param millis a monotone clock
   */
  Messages(LongSupplier millis) {
    this.millis = millis;
  }

  Registration listen(Consumer<Hooks.Message> listener) {
    // A listener of its own each time, so that closing takes back this one alone.
    Consumer<Hooks.Message> own = listener::accept;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** The way of one plugin. */
  PageMessages of(String plugin) {
    return (page, value) -> send(plugin, page, value);
  }

  private PageMessages.Outcome send(String plugin, PageId page, Object value) {
    Written written = PlainJson.write(value, PageMessages.MOST_BYTES, Nulls.WITHIN);
    if (written instanceof Written.NotPlain not) {
      throw new IllegalArgumentException(not.reason());
    }
    return written instanceof Written.Text text
        ? sendText(plugin, page, text.json())
        : PageMessages.Outcome.TOO_LARGE;
  }

  private PageMessages.Outcome sendText(String plugin, PageId page, String json) {
    if (listeners.isEmpty()) {
      return PageMessages.Outcome.UNAVAILABLE;
    }
    long now = millis.getAsLong();
    if (!allowances.get(new Sender(plugin, page), first -> full(now)).take(now)) {
      return PageMessages.Outcome.RATE_LIMITED;
    }
    tell(new Hooks.Message(page, plugin, json));
    return PageMessages.Outcome.SENT;
  }

  private static Allowance full(long now) {
    return new Allowance(PageMessages.PER_SECOND, PageMessages.AT_ONCE, now);
  }

  private void tell(Hooks.Message message) {
    for (Consumer<Hooks.Message> listener : listeners) {
      try {
        listener.accept(message);
      } catch (RuntimeException fault) {
        LOG.warn("A message to page {} was not taken: {}", message.page(), fault.toString());
      }
    }
  }
}

package org.tandem.wiki.plugin.extension;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Look;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.Turn;

/** How the plugins' values of one document look, in one go. */
final class LooksTurn extends Turn {

  private static final Logger LOG = LoggerFactory.getLogger(LooksTurn.class);

  /** A value that the document has. */
  record Asked(String name, Object value) {}

  private final Map<Asked, Hook<DeclaredFormat>> asked;
  private final Map<Asked, Look> looks = new ConcurrentHashMap<>();
  private final CompletableFuture<Map<Asked, Look>> answer = new CompletableFuture<>();

  LooksTurn(long mostMillis, Map<Asked, Hook<DeclaredFormat>> asked) {
    super(mostMillis);
    this.asked = asked;
  }

  /** What is known when all is asked, or when the time is over. */
  CompletableFuture<Map<Asked, Look>> answer() {
    return answer;
  }

  @Override
  protected void work() {
    for (Map.Entry<Asked, Hook<DeclaredFormat>> one : asked.entrySet()) {
      if (isGivenUp()) {
        return;
      }
      if (one.getValue().isOn(Hook.NO_PAGE)) {
        ask(one.getKey(), one.getValue());
      }
    }
    if (done()) {
      answer.complete(looks);
    }
  }

  private void ask(Asked value, Hook<DeclaredFormat> format) {
    String how = "gave no look that fits";
    try {
      Look look = within(format, () -> format.code().rendering().look(value.name(), value.value()));
      if (isGivenUp()) {
        return;
      }
      if (look != null && format.code().fits(look)) {
        looks.put(value, look);
        format.fuse().succeeded(Hook.NO_PAGE);
        return;
      }
    } catch (Throwable fault) {
      how = "threw " + fault;
    }
    if (!isGivenUp()) {
      format.plugin().figures(HookKind.FORMAT).failed();
      LOG.debug("The {} of the plugin {} {}", format.name(), format.plugin().id(), how);
    }
  }

  @Override
  protected void late() {
    Hook<?> hook = blamed();
    if (hook != null) {
      hook.plugin().figures(HookKind.FORMAT).failed();
      if (hook.fuse().failed(Hook.NO_PAGE)) {
        LOG.warn(
            "The format {} of the plugin {} is shown by placeholders for ten minutes: it took"
                + " longer than {} ms",
            hook.name(),
            hook.plugin().id(),
            mostMillis());
      }
    }
    answer.complete(Map.copyOf(looks));
  }
}

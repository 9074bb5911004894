package org.tandem.wiki.plugin.extension;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.Op;
import org.tandem.api.document.format.DeclaredFormat;
import org.tandem.api.document.format.Look;
import org.tandem.api.document.format.Looks;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookThreads;

/**
 * Asks plugins how their formats look in a document, before it is rendered: once for each value,
 * all in one go, within a time. Who has not answered by then is left out. Threads: safe for use by
 * any thread, which waits.
 */
final class Showing {

  /** So many times what it may take somebody waits, with the time until the turn comes. */
  private static final int PATIENCE = 4;

  /** Different values of one document that are asked for; the others are placeholders. */
  private static final int MOST_VALUES = 10_000;

  private final HookThreads threads;
  private final long mostMillis;

  /**
   * @param mostMillis for all values of a document
   */
  Showing(HookThreads threads, long mostMillis) {
    this.threads = threads;
    this.mostMillis = mostMillis;
  }

  /**
   * How a document is shown.
   *
   * @param failed the plugins that should have said how a value looks and did not
   */
  record Shown(Looks looks, Set<String> failed) {

    static final Shown PLAIN = new Shown(Looks.NONE, Set.of());
  }

  /**
   * @param format who shows an attribute or an embed of a name: null for nobody; true for embeds
   */
  Shown of(Delta document, BiFunction<String, Boolean, @Nullable Hook<DeclaredFormat>> format) {
    Map<LooksTurn.Asked, Hook<DeclaredFormat>> asked = new HashMap<>();
    Set<String> failed = new HashSet<>();
    for (Op op : document.ops()) {
      op.attributes()
          .asMap()
          .forEach((name, value) -> ask(name, value, false, format, asked, failed));
      if (op instanceof Op.Embed embed) {
        ask(embed.type(), embed.value(), true, format, asked, failed);
      }
    }
    if (asked.isEmpty()) {
      return new Shown(Looks.NONE, failed);
    }
    Map<LooksTurn.Asked, Look> known = answers(asked);
    asked.forEach(
        (value, hook) -> {
          if (!known.containsKey(value)) {
            failed.add(hook.plugin().id());
          }
        });
    return new Shown(
        (name, value) -> Optional.ofNullable(known.get(new LooksTurn.Asked(name, value))), failed);
  }

  private static void ask(
      String name,
      @Nullable Object value,
      boolean embed,
      BiFunction<String, Boolean, @Nullable Hook<DeclaredFormat>> format,
      Map<LooksTurn.Asked, Hook<DeclaredFormat>> asked,
      Set<String> failed) {
    Hook<DeclaredFormat> hook = value == null ? null : format.apply(name, embed);
    if (value == null || hook == null) {
      return;
    }
    if (!hook.isOn(Hook.NO_PAGE)) {
      failed.add(hook.plugin().id());
    } else if (asked.size() < MOST_VALUES) {
      asked.put(new LooksTurn.Asked(name, value), hook);
    }
  }

  private Map<LooksTurn.Asked, Look> answers(Map<LooksTurn.Asked, Hook<DeclaredFormat>> asked) {
    LooksTurn turn = new LooksTurn(mostMillis, asked);
    if (!threads.run(turn)) {
      return Map.of();
    }
    try {
      return turn.answer().get(PATIENCE * mostMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException late) {
      return Map.of();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }
}

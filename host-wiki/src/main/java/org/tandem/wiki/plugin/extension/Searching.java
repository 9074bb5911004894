package org.tandem.wiki.plugin.extension;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tandem.api.delta.Delta;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;
import org.tandem.wiki.content.SearchSources;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.HookKind;
import org.tandem.wiki.plugin.hook.HookThreads;
import org.tandem.wiki.plugin.hook.Offered;

/**
 * Asks plugins by what a page is found: how their formats look in it, and their words for it. A
 * plugin's edition is its version and what its hooks say of theirs.
 */
final class Searching implements SearchSources {

  /** So many times what it may take somebody waits, with the time until the turn comes. */
  private static final int PATIENCE = 4;

  private final HookThreads threads;
  private final long mostMillis;
  private final Supplier<List<Hook<?>>> hooks;
  private final ShownWith shown;
  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, String> told = Map.of();

  /** How a document is shown now. */
  @FunctionalInterface
  interface ShownWith {
    Showing.Shown of(Delta document);
  }

  /**
   * @param mostMillis for the words of all plugins for one page
   * @param hooks all that are registered
   */
  Searching(HookThreads threads, long mostMillis, Supplier<List<Hook<?>>> hooks, ShownWith shown) {
    this.threads = threads;
    this.mostMillis = mostMillis;
    this.hooks = hooks;
    this.shown = shown;
  }

  /** What a plugin registers from now on is of this version. */
  void version(String plugin, String version) {
    versions.put(plugin, version);
  }

  @Override
  public Map<String, String> editions() {
    return editions(hooks.get());
  }

  private Map<String, String> editions(List<Hook<?>> all) {
    Map<String, String> editions = new TreeMap<>();
    for (Hook<?> hook : all) {
      String plugin = hook.plugin().id();
      if (hook.kind() == HookKind.FORMAT || hook.kind() == HookKind.SEARCH_TEXT) {
        editions.putIfAbsent(plugin, versions.getOrDefault(plugin, ""));
      }
      if (hook.code() instanceof Offered.OfSearch search && !search.edition().isEmpty()) {
        editions.merge(plugin, search.edition(), (before, own) -> before + " " + own);
      }
    }
    return editions;
  }

  @Override
  public Registration onChange(Runnable listener) {
    // One of its own each time, so that closing takes back this one alone.
    Runnable own = listener::run;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /** Something was registered or taken back. */
  void renew() {
    Map<String, String> now = editions();
    if (!now.equals(told)) {
      told = now;
      listeners.forEach(Runnable::run);
    }
  }

  @Override
  public Said ask(PageId page, Delta document) {
    List<Hook<?>> all = hooks.get();
    Map<String, String> by = editions(all);
    if (by.isEmpty()) {
      return NONE.ask(page, document);
    }
    Showing.Shown looks = shown.of(document);
    Set<String> failed = new HashSet<>(looks.failed());
    List<Hook<Offered.OfSearch>> asked =
        all.stream().flatMap(hook -> Stream.ofNullable(hook.as(Offered.OfSearch.class))).toList();
    Map<Hook<?>, String> words = asked.isEmpty() ? Map.of() : words(asked, page, document);
    asked.stream()
        .filter(hook -> !words.containsKey(hook))
        .forEach(hook -> failed.add(hook.plugin().id()));
    by.keySet().removeAll(failed);
    String said =
        asked.stream().map(hook -> words.getOrDefault(hook, "")).collect(Collectors.joining(" "));
    return new Said(looks.looks(), said, by, failed.isEmpty());
  }

  private Map<Hook<?>, String> words(
      List<Hook<Offered.OfSearch>> asked, PageId page, Delta document) {
    WordsTurn turn = new WordsTurn(mostMillis, asked, page, document);
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

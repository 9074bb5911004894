package org.tandem.wiki.plugin.extension;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandem.api.delta.Delta;
import org.tandem.api.exchange.SearchText;
import org.tandem.api.host.PageId;
import org.tandem.wiki.plugin.hook.Hook;
import org.tandem.wiki.plugin.hook.Offered;
import org.tandem.wiki.plugin.hook.Turn;

/** By which words plugins have one page found, in one go. */
final class WordsTurn extends Turn {

  private static final Logger LOG = LoggerFactory.getLogger(WordsTurn.class);

  private final List<Hook<Offered.OfSearch>> asked;
  private final PageId page;
  private final Delta document;
  private final Map<Hook<?>, String> words = new ConcurrentHashMap<>();
  private final CompletableFuture<Map<Hook<?>, String>> answer = new CompletableFuture<>();

  WordsTurn(long mostMillis, List<Hook<Offered.OfSearch>> asked, PageId page, Delta document) {
    super(mostMillis);
    this.asked = asked;
    this.page = page;
    this.document = document;
  }

  /** What is known when all are asked, or when the time is over. */
  CompletableFuture<Map<Hook<?>, String>> answer() {
    return answer;
  }

  @Override
  protected void work() {
    for (Hook<Offered.OfSearch> one : asked) {
      if (isGivenUp()) {
        return;
      }
      if (one.isOn(page)) {
        ask(one);
      }
    }
    if (done()) {
      answer.complete(words);
    }
  }

  private void ask(Hook<Offered.OfSearch> hook) {
    String how = "gave no answer";
    try {
      String said = within(hook, () -> hook.code().code().words(page, document));
      if (isGivenUp()) {
        return;
      }
      if (said != null) {
        words.put(hook, cut(said));
        hook.fuse().succeeded(page);
        return;
      }
    } catch (Throwable fault) {
      how = "threw " + fault;
    }
    if (!isGivenUp()) {
      hook.plugin().figures(hook.kind()).failed();
      LOG.debug("The {} of the plugin {} {}", hook.name(), hook.plugin().id(), how);
    }
  }

  private static String cut(String said) {
    int end = Math.min(said.length(), SearchText.LONGEST);
    boolean splits = end < said.length() && Character.isHighSurrogate(said.charAt(end - 1));
    return said.substring(0, splits ? end - 1 : end);
  }

  @Override
  protected void late() {
    Hook<?> hook = blamed();
    if (hook != null) {
      hook.plugin().figures(hook.kind()).failed();
      if (hook.fuse().failed(page)) {
        LOG.warn(
            "Page {} is found without the {} of the plugin {} for ten minutes: it took longer than"
                + " {} ms",
            page,
            hook.name(),
            hook.plugin().id(),
            mostMillis());
      }
    }
    answer.complete(Map.copyOf(words));
  }
}

package org.tandem.wiki.content;

import java.util.Map;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.PlainText;
import org.tandem.api.host.PageId;
import org.tandem.wiki.store.SearchWords;

/**
 * What a page is found by, beside its title.
 *
 * @param text words with blanks between them
 * @param with the plugins that had their say, with their editions
 * @param complete whether those are all; otherwise the others are asked again later
 */
public record SearchEntry(String text, Map<String, String> with, boolean complete) {

  /** Characters of the words of all plugins that a page is found by at the most. */
  private static final int MOST_ADDED = 20_000;

  static final SearchEntry EMPTY = new SearchEntry("", Map.of(), true);

  /** Asks the plugins, and waits for them: in no transaction. */
  static SearchEntry of(SearchSources sources, PageId page, Delta document) {
    SearchSources.Said said = sources.ask(page, document);
    return new SearchEntry(
        SearchWords.indexed(PlainText.of(document, said.looks()))
            + SearchWords.indexed(said.words(), MOST_ADDED),
        said.by(),
        said.complete());
  }
}

package org.tandem.wiki.content;

import java.util.Map;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.format.Looks;
import org.tandem.api.host.PageId;
import org.tandem.api.host.Registration;

/**
 * What plugins add to the words by which pages are found. Threads: safe for use by any thread; what
 * is asked of plugins waits for them, some two seconds at the most.
 */
public interface SearchSources {

  /** No plugin adds anything. */
  SearchSources NONE =
      new SearchSources() {
        @Override
        public Map<String, String> editions() {
          return Map.of();
        }

        @Override
        public Said ask(PageId page, Delta document) {
          return new Said(Looks.NONE, "", Map.of(), true);
        }

        @Override
        public Registration onChange(Runnable listener) {
          return () -> {};
        }
      };

  /**
   * What plugins say of a page.
   *
   * @param looks how their formats look
   * @param words by which the page is found beside its text
   * @param by the plugins that said all of theirs, with their editions
   * @param complete whether those are all
   */
  record Said(Looks looks, String words, Map<String, String> by, boolean complete) {}

  /** The plugins that add something now; with another edition of one, it may be something else. */
  Map<String, String> editions();

  Said ask(PageId page, Delta document);

  /** Calls the listener when {@link #editions} are others. It returns at once. */
  Registration onChange(Runnable listener);
}

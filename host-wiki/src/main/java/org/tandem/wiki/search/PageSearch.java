package org.tandem.wiki.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tandem.api.host.PageId;
import org.tandem.api.host.User;
import org.tandem.wiki.access.Rights;
import org.tandem.wiki.content.Contents;
import org.tandem.wiki.page.PageEntry;
import org.tandem.wiki.page.PageTree;
import org.tandem.wiki.space.Spaces;
import org.tandem.wiki.store.SearchWords;
import org.tandem.wiki.store.Store;

/**
 * Finds pages that hold all words of a query, as the beginnings of words; a title weighs more than
 * a text. Threads and failure as for {@link Store}.
 */
public final class PageSearch {

  /** A search looks at so many pages at the most. */
  public static final int MOST = 500;

  private static final int MOST_TERMS = 12;

  private final Store store;
  private final PageTree tree;
  private final Spaces spaces;
  private final Contents contents;
  private final Rights rights;

  public PageSearch(Store store, PageTree tree, Spaces spaces, Contents contents, Rights rights) {
    this.store = store;
    this.tree = tree;
    this.spaces = spaces;
    this.contents = contents;
    this.rights = rights;
  }

  /** What this user may view of it, from the given place on. */
  public Results find(String query, User user, int offset, int limit) {
    Set<String> terms =
        SearchWords.of(query).stream()
            .map(SearchWords.Word::folded)
            .limit(MOST_TERMS)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (terms.isEmpty()) {
      return Results.NONE;
    }
    List<PageId> found = rights.visible(ranked(terms), user);
    List<Hit> hits =
        found.stream()
            .skip(offset)
            .limit(limit)
            .flatMap(page -> hit(page, terms).stream())
            .toList();
    return new Results(hits, found.size());
  }

  private List<PageId> ranked(Set<String> terms) {
    String query = terms.stream().map(term -> "'" + term + "':*").collect(Collectors.joining("&"));
    return store
        .read(
            session ->
                session
                    .createNativeQuery(
                        "select page_id from wiki.page_content,"
                            + " to_tsquery('simple', :query) asked where search @@ asked"
                            + " order by ts_rank(search, asked) desc, updated_at desc limit :most",
                        UUID.class)
                    .setParameter("query", query)
                    .setParameter("most", MOST)
                    .getResultList())
        .stream()
        .map(PageId::new)
        .toList();
  }

  private Optional<Hit> hit(PageId id, Set<String> terms) {
    Optional<PageEntry> page = tree.page(id);
    return page.flatMap(entry -> spaces.space(entry.space()))
        .flatMap(
            space ->
                contents
                    .content(id)
                    .map(content -> contents.shown().text(content.document()))
                    .map(
                        text ->
                            new Hit(
                                id,
                                space,
                                Highlights.of(page.get().title(), terms),
                                Highlights.excerpt(text, terms))));
  }
}

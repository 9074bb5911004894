package org.tandem.wiki.content;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.store.Store;

/** What the database knows of how pages are indexed. Threads and failure as for {@link Store}. */
final class IndexRows {

  /** As {@link Indexing#FIRST_RETRY}, unless it is due already. */
  private static final String DUE = " coalesce(index_due, now() + interval '1 minute')";

  private final Store store;

  IndexRows(Store store) {
    this.store = store;
  }

  /**
   * Pages that lack something of these plugins, by id.
   *
   * @param lacking what it is that they lack
   * @param after the id that the first comes after
   * @param last the highest id; null: any
   */
  List<PageId> without(
      Map<String, String> editions, Lacking lacking, UUID after, @Nullable UUID last, int most) {
    String bound = last == null ? "" : " and page_id <= :last";
    return ids(
        store.read(
            session -> {
              var query =
                  session
                      .createNativeQuery(
                          "select page_id from wiki.page_content where page_id > :after"
                              + bound
                              + " and (indexed_rev <> rev or not "
                              + lacking.held
                              + ") order by page_id limit :most",
                          UUID.class)
                      .setParameter("after", after)
                      .setParameter("editions", Editions.write(editions))
                      .setParameter("most", most);
              if (last != null) {
                query.setParameter("last", last);
              }
              return query.getResultList();
            }));
  }

  /** What a page can lack of plugins. */
  enum Lacking {
    /** The plugin has had no say of its content. */
    PLUGIN(
        "jsonb_exists_all(indexed_with, array(select jsonb_object_keys(cast(:editions as jsonb))))"),
    /** Nor has it had one in this edition. */
    EDITION("indexed_with @> cast(:editions as jsonb)");

    private final String held;

    Lacking(String held) {
      this.held = held;
    }
  }

  /**
   * Takes pages that are due by now for this node: they are due again later, each time after twice
   * as long, unless they are indexed meanwhile.
   */
  List<PageId> takeDue(Instant now, int most) {
    return ids(store.write(session -> takeDue(session, now, most)));
  }

  private static List<UUID> takeDue(Session session, Instant now, int most) {
    List<UUID> due =
        session
            .createNativeQuery(
                "select page_id from wiki.page_content where index_due <= :now"
                    + " order by index_due limit :most for update skip locked",
                UUID.class)
            .setParameter("now", now)
            .setParameter("most", most)
            .getResultList();
    if (!due.isEmpty()) {
      session
          .createNativeMutationQuery(
              "update wiki.page_content set index_tries = index_tries + 1,"
                  + " index_due = cast(:now as timestamptz) + least(interval '1 day',"
                  + " interval '1 minute' * power(2, least(index_tries + 1, 12)))"
                  + " where page_id in (:ids)")
          .setParameter("now", now)
          .setParameterList("ids", due)
          .executeUpdate();
    }
    return due;
  }

  Optional<PageContent> content(PageId page) {
    return store
        .read(session -> Optional.ofNullable(session.find(ContentRow.class, page.value())))
        .map(ContentRow::content);
  }

  /** Indexes a page so, unless it has changed since this revision: then it was indexed anew. */
  void index(PageId page, long rev, SearchEntry entry) {
    store.change(
        session ->
            session
                .createNativeMutationQuery(
                    "update wiki.page_content set search_text = :text, indexed_rev = rev,"
                        + " indexed_with = cast(:with as jsonb), index_due ="
                        + (entry.complete() ? " null, index_tries = 0" : DUE)
                        + " where page_id = :page and rev = :rev")
                .setParameter("text", entry.text())
                .setParameter("with", Editions.write(entry.with()))
                .setParameter("page", page.value())
                .setParameter("rev", rev)
                .executeUpdate());
  }

  private static List<PageId> ids(List<UUID> found) {
    return found.stream().map(PageId::new).toList();
  }
}

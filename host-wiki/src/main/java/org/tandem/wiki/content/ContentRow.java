package org.tandem.wiki.content;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.document.Documents;
import org.tandem.api.host.PageContent;
import org.tandem.api.host.PageId;
import org.tandem.wiki.store.Ops;
import org.tandem.wiki.store.SearchWords;

/** A row of the table of contents: what the wiki holds of a page now. */
@Entity(name = "Content")
@Table(name = "page_content")
public class ContentRow {

  @Id
  @Column(name = "page_id")
  private UUID pageId;

  private long rev;

  @Column(name = "published_rev")
  private long publishedRev;

  @JdbcTypeCode(SqlTypes.JSON)
  private String ops;

  @Column(name = "search_title")
  private String searchTitle;

  @Column(name = "search_text")
  private String searchText;

  /** The revision whose text is indexed: not another one that a node of an older version saved. */
  @Column(name = "indexed_rev")
  private long indexedRev;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "indexed_with")
  private String indexedWith;

  @Column(name = "index_due")
  private @Nullable Instant indexDue;

  @Column(name = "index_tries")
  private int indexTries;

  @Column(name = "updated_at")
  private Instant updatedAt;

  protected ContentRow() {}

  ContentRow(PageId page, String title, Instant now) {
    this.pageId = page.value();
    this.searchTitle = SearchWords.indexed(title);
    hold(0, Documents.EMPTY_PAGE, SearchEntry.EMPTY, now);
  }

  final void hold(long newRev, Delta document, SearchEntry entry, Instant now) {
    this.rev = newRev;
    this.ops = Ops.write(document);
    this.searchText = entry.text();
    this.indexedRev = newRev;
    this.indexedWith = Editions.write(entry.with());
    this.indexDue = entry.complete() ? null : now.plus(Indexing.FIRST_RETRY);
    this.indexTries = 0;
    this.updatedAt = now;
  }

  void published() {
    this.publishedRev = rev;
  }

  void title(String title) {
    this.searchTitle = SearchWords.indexed(title);
  }

  long rev() {
    return rev;
  }

  long publishedRev() {
    return publishedRev;
  }

  PageContent content() {
    return new PageContent(rev, Ops.read(ops));
  }
}

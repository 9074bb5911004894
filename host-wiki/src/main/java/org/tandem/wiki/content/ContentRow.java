package org.tandem.wiki.content;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
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

  @Column(name = "updated_at")
  private Instant updatedAt;

  protected ContentRow() {}

  ContentRow(PageId page, String title, Instant now) {
    this.pageId = page.value();
    this.searchTitle = SearchWords.indexed(title);
    hold(0, Documents.EMPTY_PAGE, "\n", now);
  }

  final void hold(long newRev, Delta document, String text, Instant now) {
    this.rev = newRev;
    this.ops = Ops.write(document);
    this.searchText = SearchWords.indexed(text);
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

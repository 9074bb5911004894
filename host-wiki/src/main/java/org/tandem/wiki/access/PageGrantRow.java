package org.tandem.wiki.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the table of grants on pages. */
@Entity(name = "PageGrant")
@Table(name = "page_grant")
@IdClass(PageGrantRow.Key.class)
public class PageGrantRow {

  record Key(UUID pageId, String kind, String subject) {}

  @Id
  @Column(name = "page_id")
  private UUID pageId;

  @Id private String kind;
  @Id private String subject;
  private String level;

  protected PageGrantRow() {}

  PageGrantRow(UUID pageId, Grant grant) {
    this.pageId = pageId;
    this.kind = grant.subject().kind();
    this.subject = grant.subject().id();
    this.level = grant.access().word();
  }

  UUID pageId() {
    return pageId;
  }

  Grant grant() {
    return SpaceGrantRow.grant(kind, subject, level);
  }
}

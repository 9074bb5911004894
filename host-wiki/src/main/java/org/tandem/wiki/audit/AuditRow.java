package org.tandem.wiki.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** A row of the table of the audit. */
@Entity(name = "AuditEntry")
@Table(name = "audit_entry")
@Immutable
public class AuditRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "at")
  private Instant recordedAt;

  private String source;
  private String act;

  @Column(name = "user_id")
  private @Nullable UUID userId;

  @Column(name = "user_name")
  private @Nullable String userName;

  @Column(name = "page_id")
  private @Nullable UUID pageId;

  @Column(name = "page_title")
  private @Nullable String pageTitle;

  private String detail;

  protected AuditRow() {}

  AuditRow(Instant recordedAt, String source, String act, String detail) {
    this.recordedAt = recordedAt;
    this.source = source;
    this.act = act;
    this.detail = detail;
  }

  void by(Optional<UserId> user, @Nullable String name) {
    this.userId = user.map(UserId::value).orElse(null);
    this.userName = name;
  }

  void on(Optional<PageId> page, @Nullable String title) {
    this.pageId = page.map(PageId::value).orElse(null);
    this.pageTitle = title;
  }

  AuditEntry entry() {
    return new AuditEntry(
        id,
        recordedAt,
        source,
        act,
        Optional.ofNullable(userId).map(UserId::new),
        Objects.requireNonNullElse(userName, ""),
        Optional.ofNullable(pageId).map(PageId::new),
        Objects.requireNonNullElse(pageTitle, ""),
        detail);
  }
}

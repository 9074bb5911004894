package org.tandem.wiki.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** A row of the table of notifications. */
@Entity(name = "Notification")
@Table(name = "notification")
public class NotificationRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @Column(name = "account_id")
  private UUID accountId;

  @Column(name = "page_id")
  private UUID pageId;

  private String plugin;
  private String text;

  @Column(name = "sent_at")
  private Instant sentAt;

  @Column(name = "read_at")
  private @Nullable Instant readAt;

  protected NotificationRow() {}

  NotificationRow(UserId to, PageId page, String plugin, String text, Instant sentAt) {
    this.accountId = to.value();
    this.pageId = page.value();
    this.plugin = plugin;
    this.text = text;
    this.sentAt = sentAt;
  }
}

package org.tandem.wiki.page;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;

/** A row of the table of pages. */
@Entity(name = "Page")
@Table(name = "page")
public class PageRow {

  @Id private UUID id;

  @Column(name = "space_id")
  private UUID spaceId;

  @Column(name = "parent_id")
  private @Nullable UUID parentId;

  private String title;
  private int position;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "created_by")
  private UUID createdBy;

  @Version private long version;

  protected PageRow() {}

  PageRow(PageEntry page) {
    this.id = page.id().value();
    this.title = page.title();
    this.createdAt = page.createdAt();
    this.createdBy = page.createdBy().value();
    place(page.space(), page.parent(), page.position());
  }

  final void place(UUID space, Optional<PageId> parent, int newPosition) {
    this.spaceId = space;
    this.parentId = parent.map(PageId::value).orElse(null);
    this.position = newPosition;
  }

  void space(UUID space) {
    this.spaceId = space;
  }

  void title(String newTitle) {
    this.title = newTitle;
  }

  PageEntry entry() {
    return new PageEntry(
        new PageId(id),
        spaceId,
        Optional.ofNullable(parentId).map(PageId::new),
        title,
        position,
        new UserId(createdBy),
        createdAt);
  }
}

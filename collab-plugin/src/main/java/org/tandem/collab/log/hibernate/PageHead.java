package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.collab.clock.Stamp;

/** Row of {@code page_head}. */
@Entity
@Table(name = "page_head")
class PageHead {

  @Id UUID page;

  long rev;

  /** Of the newest revision; null where there is none above the created one. */
  @Nullable Long stamp;

  @Nullable String node;

  @Column(name = "created_rev")
  long createdRev;

  /** Null where nothing was ever deleted. */
  @Column(name = "base_rev")
  @Nullable Long baseRev;

  @Column(name = "published_rev")
  long publishedRev;

  /** The lowest revision whose document can be had. */
  long base() {
    return baseRev == null ? createdRev : baseRev;
  }

  Optional<Stamp> newest() {
    return stamp == null || node == null ? Optional.empty() : Optional.of(new Stamp(stamp, node));
  }
}

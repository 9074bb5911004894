package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;
import org.tandem.api.host.PageId;
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

  /** The head of a page that is not forgotten before this transaction ends; appends go on. */
  static @Nullable PageHead keep(StatelessSession session, PageId page) {
    return session
        .createNativeQuery(
            "select * from {h-schema}page_head where page = :page for key share", PageHead.class)
        .setParameter("page", page.value())
        .uniqueResult();
  }

  Optional<Stamp> newest() {
    return stamp == null || node == null ? Optional.empty() : Optional.of(new Stamp(stamp, node));
  }
}

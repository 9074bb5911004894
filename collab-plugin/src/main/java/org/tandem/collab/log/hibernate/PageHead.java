package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Row of {@code page_head}. */
@Entity
@Table(name = "page_head")
class PageHead {

  @Id UUID page;

  long rev;

  @Column(name = "created_rev")
  long createdRev;

  @Column(name = "published_rev")
  long publishedRev;
}

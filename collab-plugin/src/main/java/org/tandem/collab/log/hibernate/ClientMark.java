package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.Optional;
import java.util.UUID;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.page.Mark;
import org.tandem.collab.page.Revision;

/** Row of {@code client_mark}. */
@Entity
@Table(name = "client_mark")
@IdClass(PageClient.class)
class ClientMark {

  @Id UUID page;

  @Id UUID client;

  long seq;

  long rev;

  @Column(name = "user_id")
  UUID userId;

  static ClientMark of(PageId page, Revision revision) {
    ClientMark mark = new ClientMark();
    mark.page = page.value();
    mark.client = revision.client().value();
    mark.seq = revision.seq();
    mark.rev = revision.rev();
    mark.userId = revision.user().value();
    return mark;
  }

  Mark mark() {
    return new Mark(seq, rev, Optional.of(new UserId(userId)));
  }
}

package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;
import org.tandem.api.host.UserId;
import org.tandem.collab.clock.Stamp;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.page.Revision;
import org.tandem.collab.protocol.ClientId;

/** Row of {@code operation}. */
@Entity
@Table(name = "operation")
@IdClass(PageRev.class)
class OperationRow {

  @Id UUID page;

  @Id long rev;

  UUID client;

  long seq;

  @Column(name = "user_id")
  UUID userId;

  long stamp;

  String node;

  String delta;

  /** Null in rows that are older than checksums. */
  @Nullable Long checksum;

  static OperationRow of(PageId page, Revision revision) {
    OperationRow row = new OperationRow();
    row.page = page.value();
    row.rev = revision.rev();
    row.client = revision.client().value();
    row.seq = revision.seq();
    row.userId = revision.user().value();
    row.stamp = revision.stamp().bits();
    row.node = revision.stamp().node();
    row.delta = DeltaJson.write(revision.delta());
    row.checksum = row.sum();
    return row;
  }

  private long sum() {
    return new Checksum()
        .and(page)
        .and(rev)
        .and(client)
        .and(seq)
        .and(userId)
        .and(stamp)
        .and(node)
        .and(delta)
        .value();
  }

  /**
   * @throws LogDamaged when it is not what was stored
   */
  Revision revision() {
    if (checksum != null && checksum != sum()) {
      throw new LogDamaged(name() + " is damaged: its checksum does not fit");
    }
    return new Revision(
        rev,
        new ClientId(client),
        seq,
        new UserId(userId),
        StoredDelta.read(delta, name()),
        new Stamp(stamp, node));
  }

  private String name() {
    return "revision " + rev + " of page " + page;
  }
}

package org.tandem.collab.log.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;

/** Row of {@code snapshot}. */
@Entity
@Table(name = "snapshot")
@IdClass(PageRev.class)
class SnapshotRow {

  @Id UUID page;

  @Id long rev;

  String document;

  static SnapshotRow of(PageId page, long rev, Delta document) {
    SnapshotRow row = new SnapshotRow();
    row.page = page.value();
    row.rev = rev;
    row.document = DeltaJson.write(document);
    return row;
  }

  Delta document() {
    return StoredDelta.read(document, "the snapshot at revision " + rev + " of page " + page);
  }
}

package org.tandem.collab.log.hibernate;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tandem.api.delta.Delta;
import org.tandem.api.delta.DeltaJson;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;

/** Row of {@code snapshot}. */
@Entity
@Table(name = "snapshot")
@IdClass(PageRev.class)
class SnapshotRow {

  @Id UUID page;

  @Id long rev;

  String document;

  /** Null in rows that are older than checksums. */
  @Nullable Long checksum;

  static SnapshotRow of(PageId page, long rev, Delta document) {
    SnapshotRow row = new SnapshotRow();
    row.page = page.value();
    row.rev = rev;
    row.document = DeltaJson.write(document);
    row.checksum = row.sum();
    return row;
  }

  private long sum() {
    return new Checksum().and(page).and(rev).and(document).value();
  }

  /**
   * @throws LogDamaged when it is not what was stored
   */
  Delta document() {
    String name = "the snapshot at revision " + rev + " of page " + page;
    if (checksum != null && checksum != sum()) {
      throw new LogDamaged(name + " is damaged: its checksum does not fit");
    }
    return StoredDelta.read(document, name);
  }
}

package org.tandem.collab.log.hibernate;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.tandem.api.host.PageId;
import org.tandem.collab.log.LogDamaged;
import org.tandem.collab.log.RunCodec;
import org.tandem.collab.page.Revision;

/** Row of {@code run}. */
@Entity
@Table(name = "run")
@IdClass(RunRow.Key.class)
class RunRow {

  record Key(UUID page, long lastRev) {}

  @Id UUID page;

  @Id
  @Column(name = "last_rev")
  long lastRev;

  @Column(name = "first_rev")
  long firstRev;

  @Column(name = "last_stamp")
  long lastStamp;

  byte[] revisions;

  long checksum;

  /**
   * @param revisions one at least, in order, without a gap
   */
  static RunRow of(PageId page, List<Revision> revisions) {
    Revision last = revisions.get(revisions.size() - 1);
    RunRow row = new RunRow();
    row.page = page.value();
    row.firstRev = revisions.get(0).rev();
    row.lastRev = last.rev();
    row.lastStamp = last.stamp().bits();
    row.revisions = RunCodec.encode(revisions);
    row.checksum = row.sum();
    return row;
  }

  private long sum() {
    return new Checksum()
        .and(page)
        .and(firstRev)
        .and(lastRev)
        .and(lastStamp)
        .and(revisions)
        .value();
  }

  long size() {
    return lastRev - firstRev + 1;
  }

  /**
   * @throws LogDamaged when they are not what was packed
   */
  List<Revision> unpack() {
    if (checksum != sum()) {
      throw new LogDamaged(name() + " is damaged: its checksum does not fit");
    }
    return RunCodec.decode(revisions)
        .filter(unpacked -> unpacked.size() == size())
        .orElseThrow(() -> new LogDamaged(name() + " is damaged: it cannot be unpacked"));
  }

  private String name() {
    return "the run of revisions " + firstRev + " to " + lastRev + " of page " + page;
  }
}

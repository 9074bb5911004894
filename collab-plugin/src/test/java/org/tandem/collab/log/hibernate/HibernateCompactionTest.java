package org.tandem.collab.log.hibernate;

import org.tandem.collab.RealDatabase;
import org.tandem.collab.log.Compaction;
import org.tandem.collab.log.CompactionContract;
import org.tandem.collab.log.OperationLog;

class HibernateCompactionTest extends CompactionContract {

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());
  private final Compaction compaction = new HibernateCompaction(RealDatabase.shared().sessions());

  @Override
  protected OperationLog log() {
    return log;
  }

  @Override
  protected Compaction compaction() {
    return compaction;
  }
}

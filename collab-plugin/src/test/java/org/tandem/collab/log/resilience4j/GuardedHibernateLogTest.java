package org.tandem.collab.log.resilience4j;

import org.tandem.collab.RealDatabase;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.OperationLogContract;

class GuardedHibernateLogTest extends OperationLogContract {

  private final OperationLog log = RealDatabase.shared().guardedLog((millis, task) -> {});

  @Override
  protected OperationLog log() {
    return log;
  }
}

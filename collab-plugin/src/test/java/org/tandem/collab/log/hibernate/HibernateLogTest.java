package org.tandem.collab.log.hibernate;

import org.tandem.collab.RealDatabase;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.OperationLogContract;

class HibernateLogTest extends OperationLogContract {

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());

  @Override
  protected OperationLog log() {
    return log;
  }
}

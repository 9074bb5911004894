package org.tandem.collab.log.hibernate;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;
import org.tandem.api.host.PageId;
import org.tandem.collab.RealDatabase;
import org.tandem.collab.log.LogUnavailable;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.OperationLogContract;

class HibernateLogTest extends OperationLogContract {

  private final HibernateLog log = new HibernateLog(RealDatabase.shared().sessions());

  /** Who still asks while the node ends is told what somebody is whose database is away. */
  @Test
  void isUnavailableOnceItsSessionsAreClosed() {
    SessionFactory closed = LogSessions.over(RealDatabase.shared().pool(), "collab");
    HibernateLog late = new HibernateLog(closed);
    closed.close();
    PageId page = PageId.random();
    assertThrows(LogUnavailable.class, () -> late.published(page, 1));
    assertThrows(LogUnavailable.class, () -> late.append(List.of()));
    assertThrows(LogUnavailable.class, () -> late.unpublished());
  }

  @Override
  protected OperationLog log() {
    return log;
  }
}

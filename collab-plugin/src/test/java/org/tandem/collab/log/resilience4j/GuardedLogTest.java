package org.tandem.collab.log.resilience4j;

import org.tandem.collab.log.InMemoryLog;
import org.tandem.collab.log.OperationLog;
import org.tandem.collab.log.OperationLogContract;

class GuardedLogTest extends OperationLogContract {

  private final OperationLog log =
      new GuardedLog(
          new InMemoryLog(), new Guard("log", 8, System::nanoTime, () -> {}, (millis, task) -> {}));

  @Override
  protected OperationLog log() {
    return log;
  }
}

package org.tandem.collab.log;

class InMemoryLogTest extends OperationLogContract {

  private final InMemoryLog log = new InMemoryLog();

  @Override
  protected OperationLog log() {
    return log;
  }
}

package org.tandem.collab.log;

class InMemoryCompactionTest extends CompactionContract {

  private final InMemoryLog log = new InMemoryLog();

  @Override
  protected OperationLog log() {
    return log;
  }

  @Override
  protected Compaction compaction() {
    return log;
  }
}

package org.tandem.collab.telemetry;

import org.tandem.collab.clock.Stamp;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.protocol.ErrorCode;

/** Hears and forgets. */
final class Silent implements Telemetry {

  @Override
  public void watch(Levels levels) {}

  @Override
  public void joined(boolean resumed) {}

  @Override
  public void acknowledged(long nanos) {}

  @Override
  public void refused(ErrorCode code) {}

  @Override
  public void closed(CloseCode code) {}

  @Override
  public void committed(int pages, int revisions, long nanos) {}

  @Override
  public void fenced() {}

  @Override
  public void outcomeUnknown() {}

  @Override
  public void reloaded() {}

  @Override
  public void forwarded() {}

  @Override
  public void propagated(Stamp stamp) {}

  @Override
  public void breaker(Way way, boolean open) {}
}

package org.tandem.collab.runtime;

import java.util.function.Consumer;
import org.tandem.collab.protocol.CloseCode;
import org.tandem.collab.telemetry.Telemetry;

/** A wire whose end by this node is counted: told of it once, whoever brings it about. */
record CountedWire(Wire wire, Telemetry telemetry) implements Wire {

  @Override
  public void send(String text, Consumer<Boolean> done) {
    wire.send(text, done);
  }

  @Override
  public void closing(CloseCode code) {
    telemetry.closed(code);
    wire.closing(code);
  }

  @Override
  public void close(CloseCode code) {
    wire.close(code);
  }
}

package org.tandem.collab.runtime;

import java.util.function.Consumer;
import org.tandem.collab.protocol.CloseCode;

/** The way to one client, given by the transport. Threads: safe for use by any thread. */
public interface Wire {

  /**
   * Starts to send a text; called again only after {@code done}.
   *
   * @param done told true when the text is written, false when the connection is broken; on any
   *     thread
   */
  void send(String text, Consumer<Boolean> done);

  /**
   * The connection is to be closed: it ends some seconds after the first call, whatever is being
   * sent then or stuck. What can be sent until then still goes out.
   */
  void closing(CloseCode code);

  /** Closes the connection, once nothing is being sent; later calls do nothing. */
  void close(CloseCode code);
}

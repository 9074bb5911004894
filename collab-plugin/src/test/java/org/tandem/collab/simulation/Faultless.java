package org.tandem.collab.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Listens to what the nodes log while worlds run: warnings belong to the faults and are let go, an
 * error is a fault of the product. Each world has a thread of its own.
 */
final class Faultless extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger("org.tandem.collab");
  private final ThreadLocal<String> fault = new ThreadLocal<>();

  Faultless() {
    setContext(logger.getLoggerContext());
    start();
    logger.addAppender(this);
    logger.setLevel(Level.ERROR);
    logger.setAdditive(false);
  }

  @Override
  protected void append(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    String told = thrown == null ? "" : ": " + thrown.getClassName() + " " + thrown.getMessage();
    String at =
        thrown == null || thrown.getStackTraceElementProxyArray().length == 0
            ? ""
            : " " + thrown.getStackTraceElementProxyArray()[0];
    fault.set(event.getFormattedMessage() + told + at);
  }

  /** Forgets what this thread's world before may have done. */
  void begin() {
    fault.remove();
  }

  /** The last error that a node logged in this thread; empty without any. */
  String told() {
    return fault.get() == null ? "" : " (a node met a fault: " + fault.get() + ")";
  }

  /**
   * @throws AssertionError when a node logged an error in this thread
   */
  void judge() {
    if (fault.get() != null) {
      throw new AssertionError("a node met a fault: " + fault.get());
    }
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    logger.setLevel(null);
    logger.setAdditive(true);
  }
}

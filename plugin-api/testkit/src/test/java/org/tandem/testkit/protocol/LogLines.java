package org.tandem.testkit.protocol;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the wiki's log says while this is open. Threads: safe for use by any thread. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final List<String> lines = new CopyOnWriteArrayList<>();

  static LogLines open() {
    LogLines opened = new LogLines();
    opened.setContext(ROOT.getLoggerContext());
    opened.start();
    ROOT.addAppender(opened);
    return opened;
  }

  @Override
  protected void append(ILoggingEvent event) {
    lines.add(event.getLevel() + " " + event.getFormattedMessage());
  }

  /** The lines that name something, a page for example. */
  List<String> about(Object thing) {
    return lines.stream().filter(line -> line.contains(thing.toString())).toList();
  }

  /** The lines of faults of the wiki. */
  List<String> faults() {
    return lines.stream().filter(line -> line.startsWith("ERROR")).toList();
  }

  @Override
  public void close() {
    ROOT.detachAppender(this);
    stop();
  }
}

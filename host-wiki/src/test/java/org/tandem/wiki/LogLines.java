package org.tandem.wiki;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What the wiki's log says while this is open. Threads: safe for use by any thread. */
public final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private static final Logger WIKI = (Logger) LoggerFactory.getLogger("org.tandem");

  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

  private LogLines() {}

  public static LogLines open() {
    LogLines opened = new LogLines();
    opened.setContext(ROOT.getLoggerContext());
    opened.start();
    ROOT.addAppender(opened);
    WIKI.setLevel(Level.INFO);
    return opened;
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** The lines, each with its level. */
  public List<String> all() {
    return events.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** The lines that an admin should look at. */
  public List<String> faults() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  /** How many lines come with a stack trace. */
  public long traces() {
    return events.stream().filter(event -> event.getThrowableProxy() != null).count();
  }

  @Override
  public void close() {
    ROOT.detachAppender(this);
    WIKI.setLevel(null);
    stop();
  }
}

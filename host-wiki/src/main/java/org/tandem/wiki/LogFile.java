package org.tandem.wiki;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log in the data folder, with stack traces, where the console has one line for each event. It
 * is opened here and not in logback.xml because the folder is a setting of the wiki.
 */
final class LogFile {

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level [%thread] %logger{36} %msg%n";

  private LogFile() {}

  /** Writes to {@code logs/tandem.log} from now on; a new file each day and each 20 MB. */
  static void openBelow(Path data) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      open(context, data, "tandem");
    }
  }

  /**
   * The log of a command: {@code logs/command.log}, apart from that of a wiki that may run on the
   * same folder; none when there is no such folder.
   */
  static void openForCommand(Path data) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && Files.isDirectory(data)) {
      open(context, data, "command");
    }
  }

  /** Shows warnings alone, and where they do not mix with what a command prints. */
  static void quietConsole() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("console")
            instanceof ConsoleAppender<ILoggingEvent> console) {
      console.stop();
      console.setTarget("System.err");
      ThresholdFilter warnings = new ThresholdFilter();
      warnings.setLevel("WARN");
      warnings.start();
      console.addFilter(warnings);
      console.start();
    }
  }

  private static void open(LoggerContext context, Path data, String name) {
    Path folder = data.resolve("logs");
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setName("file");
    file.setFile(folder.resolve(name + ".log").toString());
    file.setEncoder(encoder(context));
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling = new SizeAndTimeBasedRollingPolicy<>();
    rolling.setContext(context);
    rolling.setParent(file);
    rolling.setFileNamePattern(folder.resolve(name + ".%d{yyyy-MM-dd}.%i.log.gz").toString());
    rolling.setMaxFileSize(FileSize.valueOf("20MB"));
    rolling.setMaxHistory(30);
    rolling.setTotalSizeCap(FileSize.valueOf("1GB"));
    rolling.start();
    file.setRollingPolicy(rolling);
    file.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(file);
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }
}

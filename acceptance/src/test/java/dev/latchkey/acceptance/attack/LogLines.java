package dev.latchkey.acceptance.attack;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What is written to the log while this is open. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();

  static LogLines record() {
    var lines = new LogLines();
    lines.start();
    lines.root.addAppender(lines);
    return lines;
  }

  @Override
  protected void append(ILoggingEvent event) {
    events.add(event);
  }

  /** Those with more than a line. */
  List<String> stackTraces() {
    return events.stream()
        .filter(event -> event.getThrowableProxy() != null)
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
        .toList();
  }

  List<String> warnings() {
    return events.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}

package dev.latchkey.acceptance.operation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.latchkey.adapters.web.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What the service writes to its log while this is open. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  /**
   * @param about what the line says of the request for which it was written
   */
  record Line(String logger, String text, Map<String, String> about) {}

  private final Logger logger;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();

  private LoggedLines(Logger logger) {
    this.logger = logger;
  }

  /** Of one logger and those below it. */
  static LoggedLines of(String name) {
    var lines = new LoggedLines((Logger) LoggerFactory.getLogger(name));
    lines.start();
    lines.logger.addAppender(lines);
    return lines;
  }

  /** Asks on the thread that writes, as an encoder does. */
  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
      lines.add(
          new Line(
              event.getLoggerName(),
              event.getFormattedMessage() + " " + event.getKeyValuePairs(),
              Map.copyOf(event.getMDCPropertyMap())));
    }
  }

  List<Line> all() {
    return List.copyOf(lines);
  }

  /** Those that were written for one request. */
  List<Line> of(Answer answer) {
    return lines.stream()
        .filter(line -> answer.header("X-Request-Id").equals(line.about().get("requestId")))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}

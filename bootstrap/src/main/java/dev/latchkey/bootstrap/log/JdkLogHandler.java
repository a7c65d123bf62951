package dev.latchkey.bootstrap.log;

import java.text.MessageFormat;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What libraries write by {@code java.util.logging}, such as the driver of the database. The JDK
 * would write it to standard error in a form of its own, line breaks included.
 */
final class JdkLogHandler extends Handler {

  /** Kept, as the JDK forgets the level of a logger that nobody refers to. */
  private static final Logger OURS = Logger.getLogger(ServiceLog.OURS);

  /**
   * Takes the place of the JDK's handler.
   *
   * @param debug whether the service's own loggers write for debugging
   */
  static synchronized void install(boolean debug) {
    OURS.setLevel(debug ? Level.FINE : Level.INFO);
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JdkLogHandler());
  }

  /** Below {@link Level#INFO} the JDK's loggers write nothing by default. */
  @Override
  public void publish(LogRecord entry) {
    String name = entry.getLoggerName();
    LoggerFactory.getLogger(name == null ? "java" : name)
        .atLevel(level(entry.getLevel()))
        .setCause(entry.getThrown())
        .log(message(entry));
  }

  private static org.slf4j.event.Level level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return org.slf4j.event.Level.ERROR;
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return org.slf4j.event.Level.WARN;
    }
    return level.intValue() >= Level.INFO.intValue()
        ? org.slf4j.event.Level.INFO
        : org.slf4j.event.Level.DEBUG;
  }

  private static String message(LogRecord entry) {
    String text = String.valueOf(entry.getMessage());
    @Nullable Object[] parameters = entry.getParameters();
    if (parameters == null || parameters.length == 0) {
      return text;
    }
    try {
      return MessageFormat.format(text, parameters);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

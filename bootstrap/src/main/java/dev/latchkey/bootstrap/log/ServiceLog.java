package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.LoggerFactory;

/**
 * The log of the process. Logback is ready before any setting is known, and writes text from {@code
 * info} on until {@link #configure} is called, which is done as soon as the settings are known.
 */
public final class ServiceLog {

  static final String OURS = "dev.latchkey";

  private static volatile Encoder<ILoggingEvent> lines = started(LogFormat.TEXT);
  private static volatile LogLevel level = LogLevel.INFO;

  private ServiceLog() {}

  /**
   * From now on the log has this form and this level; and what libraries write by the JDK's own
   * logging is part of it.
   *
   * @param wanted of the service's own loggers
   */
  public static void configure(LogFormat format, LogLevel wanted) {
    lines = started(format);
    level = wanted;
    if (LoggerFactory.getLogger(OURS) instanceof Logger ours) {
      ours.setLevel(wanted.ofLogback());
    }
    JdkLogHandler.install(wanted == LogLevel.DEBUG);
  }

  private static Encoder<ILoggingEvent> started(LogFormat format) {
    Encoder<ILoggingEvent> encoder = format.lines();
    encoder.start();
    return encoder;
  }

  static Encoder<ILoggingEvent> lines() {
    return lines;
  }

  static LogLevel level() {
    return level;
  }
}

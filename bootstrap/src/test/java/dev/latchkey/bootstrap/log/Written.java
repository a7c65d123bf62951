package dev.latchkey.bootstrap.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;

/** A log of its own, and the bytes that it writes. */
final class Written {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  Written(LogFormat format) {
    var encoder = format.lines();
    encoder.setContext(context);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(bytes);
    appender.start();
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  Logger logger(String name) {
    return context.getLogger(name);
  }

  /** What is known of the request that is served. */
  void about(String key, String value) {
    context.getMDCAdapter().put(key, value);
  }

  String text() {
    return bytes.toString(UTF_8);
  }
}

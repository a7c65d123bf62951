package dev.latchkey.bootstrap.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * A line for people: the time in UTC, the level, the logger, the text, {@code key=value} pairs; and
 * then the stack trace of an exception, whose lines begin with white space or the name of a class.
 */
final class TextLines extends EncoderBase<ILoggingEvent> {

  /** What stands alone; any other value is quoted, or it could pass for further pairs. */
  private static final Pattern BARE = Pattern.compile("[^\\s\"\\\\=]+");

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new StringBuilder(160);
    line.append(LogFormat.timeOf(event)).append(' ').append(event.getLevel());
    line.repeat(' ', Math.max(0, 5 - event.getLevel().toString().length()));
    line.append(' ').append(simpleName(event.getLoggerName())).append(" - ");
    line.append(OneLine.of(String.valueOf(event.getFormattedMessage())));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> append(line, pair.key, String.valueOf(pair.value)));
    }
    event.getMDCPropertyMap().forEach((key, value) -> append(line, key, value));
    line.append(System.lineSeparator());
    IThrowableProxy exception = event.getThrowableProxy();
    if (exception != null) {
      line.append(ThrowableProxyUtil.asString(new OneLineMessages(exception)));
    }
    return line.toString().getBytes(UTF_8);
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  private static void append(StringBuilder line, String key, String value) {
    String text = OneLine.of(value);
    line.append(' ').append(OneLine.of(key)).append('=');
    line.append(BARE.matcher(text).matches() ? text : quoted(value));
  }

  private static String quoted(String value) {
    return '"' + OneLine.of(value.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}

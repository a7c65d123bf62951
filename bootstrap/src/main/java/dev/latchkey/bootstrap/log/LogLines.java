package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the log in the form that {@link ServiceLog} was given, as text until then. {@code
 * logback.xml} names it, so that a configuration that is read again does not forget the choice.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {

  @Override
  public byte[] encode(ILoggingEvent event) {
    return ServiceLog.lines().encode(event);
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

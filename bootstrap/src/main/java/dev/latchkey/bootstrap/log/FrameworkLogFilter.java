package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps secrets out of the log whatever levels are set: below INFO only the service's own loggers
 * write. Frameworks write at DEBUG the headers they read, with access tokens and Basic credentials
 * in them, and at TRACE the values that statements are given, with the hashes of passwords.
 */
public final class FrameworkLogFilter extends TurboFilter {

  private static final String OURS = "dev.latchkey";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] parameters,
      @Nullable Throwable cause) {
    return level.isGreaterOrEqual(Level.INFO) || isOurs(logger.getName())
        ? FilterReply.NEUTRAL
        : FilterReply.DENY;
  }

  private static boolean isOurs(String name) {
    return name.equals(OURS) || name.startsWith(OURS + ".");
  }
}

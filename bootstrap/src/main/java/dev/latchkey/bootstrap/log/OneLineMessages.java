package dev.latchkey.bootstrap.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An exception whose messages, and those of its causes, are each on one line. What is left of a
 * stack trace comes from the code.
 */
record OneLineMessages(IThrowableProxy exception) implements IThrowableProxy {

  @Override
  public @Nullable String getMessage() {
    return onOneLine(exception.getMessage());
  }

  @Override
  public @Nullable String getOverridingMessage() {
    return onOneLine(exception.getOverridingMessage());
  }

  private static @Nullable String onOneLine(@Nullable String text) {
    return text == null ? null : OneLine.of(text);
  }

  @Override
  public String getClassName() {
    return exception.getClassName();
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return exception.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return exception.getCommonFrames();
  }

  @Override
  public @Nullable IThrowableProxy getCause() {
    IThrowableProxy cause = exception.getCause();
    return cause == null ? null : new OneLineMessages(cause);
  }

  @Override
  public IThrowableProxy @Nullable [] getSuppressed() {
    IThrowableProxy[] suppressed = exception.getSuppressed();
    return suppressed == null
        ? null
        : Arrays.stream(suppressed).map(OneLineMessages::new).toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return exception.isCyclic();
  }
}

package dev.latchkey.adapters.mail.message;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception whose text may repeat an address or a password: its type and its stack
 * trace, and the same of its causes.
 */
public final class RedactedCause extends Exception {

  private static final int MAX_DEPTH = 10;

  private RedactedCause(String type, @Nullable Throwable cause) {
    super(type, cause);
  }

  public static RedactedCause of(Throwable original) {
    return of(original, MAX_DEPTH);
  }

  private static RedactedCause of(Throwable original, int depth) {
    Throwable cause = original.getCause();
    var redacted =
        new RedactedCause(
            original.getClass().getName(),
            cause == null || depth == 0 ? null : of(cause, depth - 1));
    redacted.setStackTrace(original.getStackTrace());
    return redacted;
  }
}

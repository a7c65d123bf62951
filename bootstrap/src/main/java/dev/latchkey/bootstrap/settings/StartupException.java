package dev.latchkey.bootstrap.settings;

/**
 * The service cannot start. The message is one sentence for the operator: what is wrong, and what
 * to do about it.
 */
public class StartupException extends RuntimeException {

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.latchkey.application.port;

import java.util.stream.Stream;

/**
 * The store cannot be reached, does not answer, or cannot be written. Trying again later may help.
 */
public final class StorageUnavailableException extends RuntimeException {

  public StorageUnavailableException(Throwable cause) {
    super("the store is unavailable", cause);
  }

  /** What an operator needs to know, on one line: the innermost cause. */
  public String reason() {
    String cause =
        Stream.<Throwable>iterate(this, Throwable::getCause)
            .takeWhile(throwable -> throwable != null)
            .reduce((_, inner) -> inner)
            .orElse(this)
            .toString();
    return cause.lines().findFirst().orElse(cause);
  }
}

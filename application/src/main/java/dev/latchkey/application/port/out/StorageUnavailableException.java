package dev.latchkey.application.port.out;

/** The store cannot be reached or does not answer. Trying again later may help. */
public final class StorageUnavailableException extends RuntimeException {

  public StorageUnavailableException(Throwable cause) {
    super("the store is unavailable", cause);
  }
}

package dev.latchkey.bootstrap.postgres;

import dev.latchkey.bootstrap.startup.StartupException;

/** Another process runs on the data directory. */
public final class DataDirectoryInUseException extends StartupException {

  DataDirectoryInUseException(String message) {
    super(message);
  }
}

package dev.latchkey.embeddedpostgres;

/** Another process runs on the data directory. */
public final class DataDirectoryInUseException extends DataDirectoryException {

  DataDirectoryInUseException(String message) {
    super(message);
  }
}

package dev.latchkey.embeddedpostgres;

/** The data directory cannot be used; another one might. */
public class DataDirectoryException extends EmbeddedPostgresException {

  DataDirectoryException(String message) {
    super(message);
  }

  DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}

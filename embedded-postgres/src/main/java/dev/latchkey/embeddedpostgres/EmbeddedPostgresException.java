package dev.latchkey.embeddedpostgres;

/**
 * There is no embedded PostgreSQL to be had. The message is a sentence for whoever runs the
 * program.
 */
public class EmbeddedPostgresException extends RuntimeException {

  EmbeddedPostgresException(String message) {
    super(message);
  }

  EmbeddedPostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}

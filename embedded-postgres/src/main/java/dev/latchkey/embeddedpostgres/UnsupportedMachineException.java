package dev.latchkey.embeddedpostgres;

/** PostgreSQL cannot be run on this machine, or not by this user. */
public final class UnsupportedMachineException extends EmbeddedPostgresException {

  UnsupportedMachineException(String message) {
    super(message);
  }
}

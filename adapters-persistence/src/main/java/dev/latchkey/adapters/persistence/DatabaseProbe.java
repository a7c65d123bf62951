package dev.latchkey.adapters.persistence;

import dev.latchkey.application.port.StorageUnavailableException;
import jakarta.inject.Singleton;

/** Finds out whether the database can serve now. */
@Singleton
public final class DatabaseProbe {

  private final SigningKeyRepository rows;

  DatabaseProbe(SigningKeyRepository rows) {
    this.rows = rows;
  }

  /**
   * Writes nothing, but may. A question whether the database is read-only would leave a connection that is in the pool;
   * a statement that fails makes room for one to the primary, also on a node that nobody else uses.
   *
   * @throws StorageUnavailableException if the database is out of reach, or can only be read
   */
  public void requireWritable() {
    int _ = Outages.translate(rows::writeNothing);
  }
}

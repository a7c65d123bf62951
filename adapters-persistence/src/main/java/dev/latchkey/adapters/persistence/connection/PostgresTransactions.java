package dev.latchkey.adapters.persistence.connection;

import dev.latchkey.application.port.out.Transactions;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link Transactions} on one connection, at the isolation level that the data source is configured
 * with.
 */
@Singleton
final class PostgresTransactions implements Transactions {

  private final TransactionOperations<Connection> operations;

  PostgresTransactions(TransactionOperations<Connection> operations) {
    this.operations = operations;
  }

  @Override
  public <T> T execute(Supplier<T> work) {
    var failure = new AtomicReference<@Nullable RuntimeException>();
    try {
      return Outages.translate(() -> operations.executeWrite(_ -> watch(work, failure)));
    } catch (RuntimeException e) {
      // On a dead connection the roll-back fails too, and its exception would hide the one that it
      // was for.
      RuntimeException first = failure.get();
      throw first == null ? e : first;
    }
  }

  private static <T> T watch(
      Supplier<T> work, AtomicReference<@Nullable RuntimeException> failure) {
    try {
      return Outages.translate(work);
    } catch (RuntimeException e) {
      failure.set(e);
      throw e;
    }
  }
}

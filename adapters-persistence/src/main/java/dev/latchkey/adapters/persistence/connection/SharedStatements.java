package dev.latchkey.adapters.persistence.connection;

import java.util.Map;

/** For those who run the service: the statements that several callers share. */
@FunctionalInterface
public interface SharedStatements {

  /** By the names that the statements have in metrics. */
  Map<String, SharedStatement<?, ?>> byName();
}

package dev.latchkey.adapters.persistence;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.UUID;

/** The clock of the database. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ClockRepository extends GenericRepository<SessionRow, UUID> {

  @Query("SELECT clock_timestamp()")
  Instant now();
}

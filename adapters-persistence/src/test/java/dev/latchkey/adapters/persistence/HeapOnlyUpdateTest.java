package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.data.connection.ConnectionOperations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An exchange touches no index: that is what keeps it cheap, however many sessions there are. */
final class HeapOnlyUpdateTest {

  private static final int SESSIONS = 100;
  private static final int EXCHANGES = 5;

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);
  private final ConnectionOperations<Connection> connections =
      PostgresServer.bean(new GenericArgument<ConnectionOperations<Connection>>() {});

  private final User user = aUser().build();
  private final List<SessionId> ids =
      Stream.generate(() -> new SessionId(UUID.randomUUID())).limit(SESSIONS).toList();

  @BeforeEach
  void startSessions() {
    PostgresServer.empty();
    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    ids.forEach(id -> sessions.add(atGeneration(id, 0)));
  }

  @Test
  void exchangesAreHeapOnlyUpdates() {
    Updates updates = exchangeEach(EXCHANGES);

    assertThat(updates.all()).isEqualTo(SESSIONS * EXCHANGES);
    assertThat(updates.heapOnly()).isGreaterThan(SESSIONS * EXCHANGES * 9 / 10);
  }

  /** As a backup does. */
  @Test
  void exchangesAreHeapOnlyUpdatesEvenWhileALongTransactionKeepsTheOldVersions()
      throws SQLException {
    try (Connection backup = PostgresServer.database().getConnection();
        Statement statement = backup.createStatement()) {
      backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      backup.setAutoCommit(false);
      statement.execute("SELECT FROM sessions");

      Updates updates = exchangeEach(1);

      assertThat(updates.all()).isEqualTo(SESSIONS);
      assertThat(updates.heapOnly()).isGreaterThan(SESSIONS * 9 / 10);
    }
  }

  /**
   * All on one connection, which is then told to publish its counters; each statement still commits
   * on its own.
   */
  private Updates exchangeEach(int times) {
    return connections.executeWrite(
        status -> {
          Updates before = countUpdates(status.getConnection());
          for (int generation = 1; generation <= times; generation++) {
            for (SessionId id : ids) {
              assertThat(
                      sessions.advance(
                          atGeneration(id, generation), new Generation(generation - 1)))
                  .isTrue();
            }
          }
          return countUpdates(status.getConnection()).since(before);
        });
  }

  /** Every column that an exchange writes is another one in each generation. */
  private Session atGeneration(SessionId id, int generation) {
    Instant startedAt = Instant.parse("2026-01-01T00:00:00Z");
    return aSession()
        .withId(id)
        .withUser(user)
        .withGeneration(generation)
        .withMasterKeyId(generation)
        .withStartedAt(startedAt)
        .withRotatedAt(startedAt.plusSeconds(generation))
        .withExchangeKey(IdempotencyKey.of("exchange-" + generation))
        .build();
  }

  private static Updates countUpdates(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_force_next_flush()");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname ="
                  + " 'sessions'")) {
        assertThat(row.next()).isTrue();
        return new Updates(row.getInt(1), row.getInt(2));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Updates(int all, int heapOnly) {

    Updates since(Updates before) {
      return new Updates(all - before.all, heapOnly - before.heapOnly);
    }
  }
}

package dev.latchkey.adapters.persistence.session;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.adapters.persistence.session.ExchangeStatements.Rotation;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An exchange touches no index: that is what keeps it cheap, however many sessions there are. */
final class HeapOnlyUpdateTest {

  private static final int SESSIONS = 100;
  private static final int EXCHANGES = 5;

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);
  private final ExchangeStatements statements = PostgresServer.bean(ExchangeStatements.class);
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

  @ParameterizedTest
  @EnumSource
  void exchangesAreHeapOnlyUpdates(How how) {
    Updates updates = exchangeEach(EXCHANGES, how);

    assertThat(updates.all()).isEqualTo(SESSIONS * EXCHANGES);
    assertThat(updates.heapOnly()).isGreaterThan(SESSIONS * EXCHANGES * 9 / 10);
  }

  /** As a backup does. */
  @ParameterizedTest
  @EnumSource
  void exchangesAreHeapOnlyUpdatesEvenWhileALongTransactionKeepsTheOldVersions(How how)
      throws SQLException {
    try (Connection backup = PostgresServer.database().getConnection();
        Statement statement = backup.createStatement()) {
      backup.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      backup.setAutoCommit(false);
      statement.execute("SELECT FROM sessions");

      Updates updates = exchangeEach(1, how);

      assertThat(updates.all()).isEqualTo(SESSIONS);
      assertThat(updates.heapOnly()).isGreaterThan(SESSIONS * 9 / 10);
    }
  }

  /**
   * All on one connection, which is then told to publish its counters; each statement still commits
   * on its own.
   */
  private Updates exchangeEach(int times, How how) {
    return connections.executeWrite(
        status -> {
          Updates before = countUpdates(status.getConnection());
          for (int generation = 1; generation <= times; generation++) {
            exchangeEachOnce(generation, how);
          }
          return countUpdates(status.getConnection()).since(before);
        });
  }

  private void exchangeEachOnce(int generation, How how) {
    switch (how) {
      case ALONE -> assertThat(rotationsTo(generation)).allMatch(statements::advanceAlone);
      case TOGETHER ->
          assertThat(statements.advanceFree(rotationsTo(generation))).doesNotContain(false);
    }
  }

  private List<Rotation> rotationsTo(int generation) {
    return ids.stream()
        .map(id -> new Rotation(SessionRow.of(atGeneration(id, generation)), generation - 1))
        .toList();
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

  enum How {
    ALONE,
    TOGETHER
  }

  private record Updates(int all, int heapOnly) {

    Updates since(Updates before) {
      return new Updates(all - before.all, heapOnly - before.heapOnly);
    }
  }
}

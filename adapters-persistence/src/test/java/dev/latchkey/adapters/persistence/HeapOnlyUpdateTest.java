package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.Sessions;
import dev.latchkey.application.port.out.Users;
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
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An exchange touches no index: that is what keeps it cheap, however many sessions there are. */
class HeapOnlyUpdateTest {

  private static final int SESSIONS = 100;
  private static final int EXCHANGES = 5;

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);
  private final ConnectionOperations<Connection> connections =
      PostgresServer.bean(new GenericArgument<ConnectionOperations<Connection>>() {});

  @BeforeEach
  void empty() {
    PostgresServer.empty();
  }

  @Test
  void exchangesAreHeapOnlyUpdates() {
    User user = aUser().build();
    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    List<SessionId> ids = Stream.generate(() -> new SessionId(UUID.randomUUID())).limit(SESSIONS).toList();
    ids.forEach(id -> sessions.add(aSession().withId(id).withUser(user).build()));

    // All on one connection, which is then told to publish its counters; each statement still commits on its own.
    Updates updates =
        connections.executeWrite(
            status -> {
              Updates before = countUpdates(status.getConnection());
              for (int generation = 1; generation <= EXCHANGES; generation++) {
                for (SessionId id : ids) {
                  exchange(id, user, generation);
                }
              }
              return countUpdates(status.getConnection()).since(before);
            });

    assertThat(updates.all()).isEqualTo(SESSIONS * EXCHANGES);
    assertThat(updates.heapOnly()).isGreaterThan(SESSIONS * EXCHANGES * 9 / 10);
  }

  private void exchange(SessionId id, User user, int generation) {
    Session rotated =
        aSession()
            .withId(id)
            .withUser(user)
            .withGeneration(generation)
            .withMasterKeyId(generation)
            .withExchangeKey(new IdempotencyKey("exchange-" + generation))
            .build();
    assertThat(sessions.advance(rotated, new Generation(generation - 1))).isTrue();
  }

  private static Updates countUpdates(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_stat_force_next_flush()");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'sessions'")) {
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

package dev.latchkey.adapters.persistence.session;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.adapters.persistence.session.ExchangeStatements.Found;
import dev.latchkey.adapters.persistence.session.ExchangeStatements.Rotation;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import io.micronaut.core.type.GenericArgument;
import io.micronaut.data.connection.ConnectionOperations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several exchanges of one moment ask for together, each gets as if it had been alone. */
final class ExchangeStatementsTest {

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);
  private final ExchangeStatements statements = PostgresServer.bean(ExchangeStatements.class);

  private final ConnectionOperations<Connection> connections =
      PostgresServer.bean(new GenericArgument<ConnectionOperations<Connection>>() {});

  private final User ada = aUser().build();
  private final User grace = aUser().withUsername("grace").withEmail("grace@example.org").build();
  private final SessionId first = new SessionId(UUID.randomUUID());
  private final SessionId second = new SessionId(UUID.randomUUID());
  private final SessionId unknown = new SessionId(UUID.randomUUID());

  @BeforeEach
  void startSessions() {
    PostgresServer.empty();
    assertThat(users.add(ada)).isEqualTo(Users.Addition.ADDED);
    assertThat(users.add(grace)).isEqualTo(Users.Addition.ADDED);
    sessions.add(of(ada, first, 3));
    sessions.add(of(grace, second, 5));
  }

  @Test
  void findsEachWhereItWasAskedFor() {
    List<Optional<Found>> found =
        statements.findAll(List.of(second.value(), unknown.value(), first.value(), second.value()));

    assertThat(found.stream().map(each -> each.map(row -> row.session().toSession())))
        .containsExactly(
            Optional.of(of(grace, second, 5)),
            Optional.empty(),
            Optional.of(of(ada, first, 3)),
            Optional.of(of(grace, second, 5)));
    assertThat(found.stream().map(each -> each.map(row -> row.user().toUser())))
        .containsExactly(
            Optional.of(grace), Optional.empty(), Optional.of(ada), Optional.of(grace));
  }

  @Test
  void advancesEachByItsOwnGeneration() {
    List<Boolean> advanced =
        statements.advanceFree(
            List.of(
                rotation(ada, first, 4, 2),
                rotation(grace, second, 6, 5),
                rotation(ada, unknown, 4, 3)));

    assertThat(advanced).containsExactly(false, true, false);
    assertThat(sessions.find(first)).contains(of(ada, first, 3));
    assertThat(sessions.find(second)).contains(of(grace, second, 6));
  }

  @Test
  void writesEachWithWhatIsItsOwn() {
    Instant later = Instant.parse("2026-01-02T03:04:05.678Z");
    Session keyed =
        aSession()
            .withId(first)
            .withUser(ada)
            .withGeneration(4)
            .withMasterKeyId(200)
            .withRotatedAt(later)
            .withIdleExpiresAt(later.plusMillis(1))
            .withExchangeKey(IdempotencyKey.of("exchange-4"))
            .build();

    List<Boolean> advanced =
        statements.advanceFree(
            List.of(rotation(grace, second, 6, 5), new Rotation(SessionRow.of(keyed), 3)));

    assertThat(advanced).containsExactly(true, true);
    assertThat(sessions.find(first)).contains(keyed);
    assertThat(sessions.find(second)).contains(of(grace, second, 6));
  }

  @Test
  void ofTwoRotationsOfOneSessionAdvancesOne() {
    List<Boolean> advanced =
        statements.advanceFree(List.of(rotation(ada, first, 4, 3), rotation(ada, first, 4, 3)));

    assertThat(advanced).containsExactlyInAnyOrder(true, false);
    assertThat(sessions.find(first)).contains(of(ada, first, 4));
  }

  @Test
  void advancesNoneThatIsRevoked() {
    sessions.revoke(first, new Revocation(Instant.EPOCH, Revocation.Reason.LOGGED_OUT));

    assertThat(
            statements.advanceFree(
                List.of(rotation(ada, first, 4, 3), rotation(grace, second, 6, 5))))
        .containsExactly(false, true);
  }

  /** Together: or whoever can lock one row for a while holds up everybody. */
  @Test
  void leavesOutTheRowThatSomebodyIsWritingAndWaitsForItAlone() throws SQLException {
    CompletableFuture<Boolean> waiting;
    try (Connection other = PostgresServer.database().getConnection()) {
      other.setAutoCommit(false);
      lock(other, first);

      List<Rotation> both = List.of(rotation(ada, first, 4, 3), rotation(grace, second, 6, 5));
      CompletableFuture<List<Boolean>> together =
          CompletableFuture.supplyAsync(() -> statements.advanceFree(both));
      assertThat(together).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of(false, true));
      waiting = CompletableFuture.supplyAsync(() -> advance(ada, first, 3));
      while (!PostgresServer.isAnybodyWaiting()) {
        assertThat(waiting).isNotDone();
      }
      assertThat(advance(grace, second, 6)).isTrue();
      assertThat(waiting).isNotDone();
      other.rollback();
    }

    assertThat(waiting.join()).isTrue();
    assertThat(sessions.find(first)).contains(of(ada, first, 4));
    assertThat(sessions.find(second)).contains(of(grace, second, 7));
  }

  /** However short the arrays are, and however many sessions there are. */
  @Test
  void areNotPlannedAnewForEachExchange() {
    PostgresServer.execute(
        """
        INSERT INTO sessions (id, user_id, client_id, generation, master_key_id, salt, started_at, rotated_at,
            idle_expires_at, absolute_expires_at)
        SELECT gen_random_uuid(), user_id, client_id, 0, 1, salt, started_at, rotated_at, idle_expires_at,
            absolute_expires_at
        FROM generate_series(1, 10000), (SELECT * FROM sessions LIMIT 1) AS any_session
        """);
    PostgresServer.execute("ANALYZE sessions");

    int plans =
        connections.executeWrite(
            status -> {
              for (int generation = 4; generation < 40; generation++) {
                Rotation rotation = rotation(ada, first, generation, generation - 1);
                assertThat(statements.findAll(List.of(first.value())))
                    .doesNotContain(Optional.empty());
                assertThat(statements.advanceFree(List.of(rotation))).containsExactly(true);
              }
              return plansOf(status.getConnection());
            });

    assertThat(plans).isLessThan(36);
  }

  /** Of all statements of this connection that are prepared, those that were planned anew. */
  private static int plansOf(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT sum(custom_plans), sum(generic_plans) FROM pg_prepared_statements"
                    + " WHERE statement LIKE '%= ANY ($1)%'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(2)).isPositive();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void lock(Connection connection, SessionId id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT FROM sessions WHERE id = ? FOR UPDATE")) {
      statement.setObject(1, id.value());
      assertThat(statement.execute()).isTrue();
    }
  }

  private boolean advance(User user, SessionId id, int expected) {
    return sessions.advance(of(user, id, expected + 1), new Generation(expected));
  }

  private static Rotation rotation(User user, SessionId id, int generation, int expected) {
    return new Rotation(SessionRow.of(of(user, id, generation)), expected);
  }

  private static Session of(User user, SessionId id, int generation) {
    return aSession().withId(id).withUser(user).withGeneration(generation).build();
  }
}

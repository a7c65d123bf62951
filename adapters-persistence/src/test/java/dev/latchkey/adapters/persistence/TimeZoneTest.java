package dev.latchkey.adapters.persistence;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.User;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module's tests run in a time zone other than UTC; the build says which. */
final class TimeZoneTest {

  private final Users users = PostgresServer.bean(Users.class);
  private final Sessions sessions = PostgresServer.bean(Sessions.class);

  @BeforeEach
  void empty() {
    PostgresServer.empty();
  }

  @Test
  void theTestsRunFarFromUtc() {
    assertThat(ZoneId.systemDefault()).isEqualTo(ZoneId.of("America/St_Johns"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-01T00:00:00.000001Z",
        "2026-03-08T05:30:00Z", // the clock goes forward
        "2026-11-01T03:45:00Z", // 01:15, the first time
        "2026-11-01T04:45:00Z", // 01:15, the second time
        "2026-07-01T12:34:56.789012Z"
      })
  void anInstantComesBackAsItWas(String text) {
    Instant instant = Instant.parse(text);
    User user = aUser().withCreatedAt(instant).build();
    Session session = aSession().withUser(user).withStartedAt(instant).build();

    assertThat(users.add(user)).isEqualTo(Users.Addition.ADDED);
    sessions.add(session);

    assertThat(users.find(user.id())).contains(user);
    assertThat(sessions.find(session.id())).contains(session);
  }
}

package dev.latchkey.domain.token;

import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionExamples;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessTokenTest {

  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Session session = SessionExamples.started();
  private final User user =
      new User(
          session.userId(),
          Username.of("ada"),
          EmailAddress.of("ada@example.org"),
          null,
          new PasswordHash("$none$"),
          null,
          null,
          Set.of(Role.USER, Role.of("admin")),
          UserStatus.ACTIVE,
          START);

  @Test
  void saysWhoItIsForAndSinceWhenTheyAreLoggedIn() {
    Instant now = START.plusSeconds(3600);

    assertThat(AccessToken.issue(user, session, now, LIFETIME))
        .isEqualTo(
            new AccessToken(
                user.id(),
                session.id(),
                session.clientId(),
                user.username(),
                user.roles(),
                START,
                now,
                now.plus(LIFETIME),
                null));
  }

  @Test
  void livesForItsLifetime() {
    AccessToken token = AccessToken.issue(user, session, START, LIFETIME);

    assertThat(token.lifetime()).isEqualTo(LIFETIME);
    assertThat(token.isExpired(START.plus(LIFETIME).minusMillis(1))).isFalse();
    assertThat(token.isExpired(START.plus(LIFETIME))).isTrue();
  }

  @Test
  void doesNotOutliveTheAbsoluteEndOfTheSession() {
    Instant now = session.absoluteExpiresAt().minusSeconds(10);

    AccessToken token = AccessToken.issue(user, session, now, LIFETIME);

    assertThat(token.expiresAt()).isEqualTo(session.absoluteExpiresAt());
    assertThat(token.lifetime()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void maySurviveTheIdleEndOfTheSession() {
    Instant now = session.idleExpiresAt().minusSeconds(10);

    assertThat(AccessToken.issue(user, session, now, LIFETIME).lifetime()).isEqualTo(LIFETIME);
  }

  @Test
  void cannotBeGivenMoreRolesAfterwards() {
    Set<Role> roles = new HashSet<>(Set.of(Role.USER));
    var token =
        new AccessToken(
            user.id(),
            session.id(),
            session.clientId(),
            user.username(),
            roles,
            START,
            START,
            START.plus(LIFETIME),
            null);

    roles.add(Role.of("admin"));

    assertThat(token.roles()).containsExactly(Role.USER);
  }

  @Test
  void isLimitedToTheRolesThatAreAskedForAndNeverGainsAny() {
    var admin = Role.of("admin");
    AccessToken token = AccessToken.issue(user, session, START, LIFETIME);

    AccessToken limited = token.limitedTo(Set.of(admin, Role.of("auditor")));

    assertThat(limited.roles()).containsExactly(admin);
    assertThat(limited.limitedTo(token.roles())).isEqualTo(limited);
  }
}

package dev.latchkey.domain.session;

import static dev.latchkey.domain.session.SessionExamples.OLD_KEY;
import static dev.latchkey.domain.session.SessionExamples.POLICY;
import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.session.Revocation.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SessionTest {

  private static final Instant LATER = START.plusSeconds(3600);

  private final Session session = SessionExamples.started();

  @Test
  void startsWithATokenOfTheFirstGeneration() {
    assertThat(session.currentToken())
        .isEqualTo(new RefreshToken(session.id(), Generation.FIRST, OLD_KEY));
    assertThat(session.startedAt()).isEqualTo(START);
    assertThat(session.rotatedAt()).isEqualTo(START);
    assertThat(session.idleExpiresAt()).isEqualTo(START.plus(POLICY.idle()));
    assertThat(session.absoluteExpiresAt()).isEqualTo(START.plus(POLICY.absolute()));
    assertThat(session.exchangeKey()).isNull();
    assertThat(session.revocation()).isNull();
  }

  @Test
  void isActiveUntilItsIdleEnd() {
    Instant end = START.plus(POLICY.idle());

    assertThat(session.expiresAt()).isEqualTo(end);
    assertThat(session.isActive(end.minusMillis(1))).isTrue();
    assertThat(session.isExpired(end.minusMillis(1))).isFalse();
    assertThat(session.isActive(end)).isFalse();
    assertThat(session.isExpired(end)).isTrue();
  }

  @Test
  void isNotActiveOnceRevoked() {
    Session revoked = session.revoke(new Revocation(LATER, Reason.LOGGED_OUT));

    assertThat(revoked.isRevoked()).isTrue();
    assertThat(revoked.isActive(LATER)).isFalse();
    assertThat(revoked.isExpired(LATER)).isFalse();
    assertThat(revoked.revocation()).isEqualTo(new Revocation(LATER, Reason.LOGGED_OUT));
  }

  @Test
  void keepsItsFirstRevocation() {
    Session revoked = session.revoke(new Revocation(LATER, Reason.LOGGED_OUT));

    assertThat(revoked.revoke(new Revocation(LATER.plusSeconds(1), Reason.REUSE_DETECTED)))
        .isSameAs(revoked);
  }

  @Test
  void changesNothingElseWhenItIsRevoked() {
    assertThat(session.revoke(new Revocation(LATER, Reason.LOGGED_OUT)))
        .usingRecursiveComparison()
        .ignoringFields("revocation")
        .isEqualTo(session);
  }

  @Test
  void refusesToIdlePastItsAbsoluteEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Session(
                    session.id(),
                    session.userId(),
                    session.clientId(),
                    session.generation(),
                    session.masterKeyId(),
                    session.salt(),
                    START,
                    START,
                    LATER.plusMillis(1),
                    LATER,
                    null,
                    session.device(),
                    null,
                    null));
  }

  @Test
  void showsNoSalt() {
    assertThat(session.toString()).contains("Salt[redacted]");
  }
}

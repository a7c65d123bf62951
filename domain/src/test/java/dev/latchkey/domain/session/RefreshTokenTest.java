package dev.latchkey.domain.session;

import static dev.latchkey.domain.session.SessionExamples.CURRENT_KEY;
import static dev.latchkey.domain.session.SessionExamples.OLD_KEY;
import static dev.latchkey.domain.session.SessionExamples.POLICY;
import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.ExchangeDecision.Rotated;
import dev.latchkey.domain.session.Revocation.Reason;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RefreshTokenTest {

  private final Session session = SessionExamples.started();
  private final RefreshToken token = session.currentToken();

  @Test
  void isActiveWhileItIsTheCurrentOneOfAnActiveSession() {
    assertThat(token.isActive(session, START)).isTrue();
  }

  @Test
  void isNotActiveOnceSpent() {
    var rotated =
        (Rotated)
            session.exchange(new ExchangeAttempt(token, null, null, CURRENT_KEY), START, POLICY);

    assertThat(token.isActive(rotated.session(), START)).isFalse();
    assertThat(rotated.session().currentToken().isActive(rotated.session(), START)).isTrue();
  }

  @Test
  void isNotActiveOnceTheSessionIsOver() {
    assertThat(token.isActive(session, session.expiresAt())).isFalse();
    assertThat(token.isActive(session.revoke(new Revocation(START, Reason.LOGGED_OUT)), START))
        .isFalse();
  }

  @Test
  void isNotActiveInAnotherSessionOrUnderAnotherMasterKey() {
    var ofAnotherSession =
        new RefreshToken(new SessionId(new UUID(0, 9)), token.generation(), OLD_KEY);
    var ofAnotherKey = new RefreshToken(token.sessionId(), token.generation(), CURRENT_KEY);

    assertThat(ofAnotherSession.isActive(session, START)).isFalse();
    assertThat(ofAnotherKey.isActive(session, START)).isFalse();
  }
}

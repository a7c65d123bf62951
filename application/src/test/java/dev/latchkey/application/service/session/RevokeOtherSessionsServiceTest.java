package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.RevokeOtherSessions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import org.junit.jupiter.api.Test;

final class RevokeOtherSessionsServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());

  @Test
  void endsAllOwnSessionsButTheCurrentOne() {
    IssuedTokens ada = latchkey.registered("ada");
    IssuedTokens eve = latchkey.registered("eve");
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens tablet = latchkey.loggedIn("ada");

    assertThat(endAllBut(phone)).isEqualTo(2);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isTrue();
    assertThat(latchkey.stored(tablet.session().id()).isRevoked()).isTrue();
    assertThat(latchkey.stored(phone.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.stored(eve.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.events().all())
        .filteredOn(SecurityEvent.SessionRevoked.class::isInstance)
        .extracting(event -> ((SecurityEvent.SessionRevoked) event).concerned().sessionId())
        .containsExactlyInAnyOrder(ada.session().id(), tablet.session().id());
  }

  @Test
  void endsNothingIfThereIsOnlyTheCurrentOne() {
    IssuedTokens ada = latchkey.registered("ada");

    assertThat(endAllBut(ada)).isZero();

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  private int endAllBut(IssuedTokens current) {
    return latchkey
        .revokeOtherSessions()
        .execute(
            new RevokeOtherSessions.Command(
                current.session().userId(), current.session().id(), TestApplication.DEVICE));
  }
}

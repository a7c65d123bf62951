package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.application.port.in.session.RevokeSession.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvent.Concerned;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RevokeSessionServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens ada = latchkey.registered("ada");
  private final UserId owner = ada.session().userId();

  @Test
  void endsASessionByItsIdAndAnnouncesIt() {
    latchkey.clock().advance(Duration.ofHours(1));

    assertThat(revoke(owner, ada.session().id())).isEqualTo(new Result.Revoked());

    assertThat(latchkey.stored(ada.session().id()).revocation())
        .isEqualTo(new Revocation(latchkey.clock().instant(), Revocation.Reason.LOGGED_OUT));
    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.SessionRevoked(
                Concerned.of(ada.session(), TestApplication.DEVICE, latchkey.clock().instant())));
    assertThat(latchkey.events().last().at()).isEqualTo(latchkey.clock().instant());
  }

  @Test
  void endsASessionOnce() {
    assertThat(revoke(owner, ada.session().id())).isEqualTo(new Result.Revoked());
    int announced = latchkey.events().all().size();

    assertThat(revoke(owner, ada.session().id())).isEqualTo(new Result.NothingToRevoke());

    assertThat(latchkey.events().all()).hasSize(announced);
  }

  @Test
  void endsNoSessionOfSomebodyElse() {
    IssuedTokens eve = latchkey.registered("eve");

    assertThat(revoke(eve.session().userId(), ada.session().id()))
        .isEqualTo(new Result.NothingToRevoke());

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  @Test
  void findsNothingToRevokeForAnUnknownId() {
    var unknown = new SessionId(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));

    assertThat(revoke(owner, unknown)).isEqualTo(new Result.NothingToRevoke());
  }

  private Result revoke(UserId user, SessionId session) {
    return latchkey
        .revokeSession()
        .execute(new RevokeSession.Command(user, session, TestApplication.DEVICE));
  }
}

package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.FakeRegisteredClients.PARTNER;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.Revoke;
import dev.latchkey.application.port.in.session.Revoke.Result;
import dev.latchkey.application.port.in.session.Revoke.Target;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevokeServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private IssuedTokens ada;

  @BeforeEach
  void register() {
    ada = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofHours(1));
  }

  @Test
  void endsTheSessionOfTheCurrentToken() {
    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertLoggedOutNow();
  }

  @Test
  void endsTheSessionOfASpentToken() {
    IssuedTokens second = latchkey.exchanged(ada.refreshTokenText());
    latchkey.clock().advance(Duration.ofHours(1));

    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertLoggedOutNow();
    assertThat(latchkey.stored(second.session().id()).generation())
        .isEqualTo(second.session().generation());
  }

  @Test
  void endsTheSessionOfAnyKindOfToken() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(revoke(new Target.OfToken(ada.refreshTokenText(), ClientId.FIRST_PARTY)))
        .isInstanceOf(Result.Revoked.class);
    assertThat(revoke(new Target.OfToken(phone.accessTokenText(), ClientId.FIRST_PARTY)))
        .isInstanceOf(Result.Revoked.class);

    assertLoggedOutNow();
    assertThat(latchkey.stored(phone.session().id()).isRevoked()).isTrue();
  }

  @Test
  void anAccessTokenIsNoRefreshToken() {
    assertThat(revoke(ada.accessTokenText())).isInstanceOf(Result.NothingToRevoke.class);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  @Test
  void endsNoSessionForAnAccessTokenThatHasExpired() {
    var target = new Target.OfToken(ada.accessTokenText(), ClientId.FIRST_PARTY);
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME);

    assertThat(revoke(target)).isInstanceOf(Result.NothingToRevoke.class);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  @Test
  void endsNoSessionOfAnotherClient() {
    for (Target target :
        List.of(
            new Target.OfRefreshToken(ada.refreshTokenText(), PARTNER.id()),
            new Target.OfToken(ada.refreshTokenText(), PARTNER.id()),
            new Target.OfToken(latchkey.loggedIn("ada").accessTokenText(), PARTNER.id()))) {
      assertThat(revoke(target)).isInstanceOf(Result.OtherClient.class);
      assertThat(latchkey.events().last().type())
          .isEqualTo(SecurityEvent.Type.REVOCATION_OTHER_CLIENT);
    }

    assertThat(latchkey.exchanged(ada.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void endsASessionByItsId() {
    assertThat(revoke(ada.session().id())).isInstanceOf(Result.Revoked.class);

    assertLoggedOutNow();
  }

  @Test
  void endsNoOtherSession() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertThat(latchkey.exchanged(phone.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void endsNoSessionOfSomebodyElse() {
    IssuedTokens eve = latchkey.registered("eve");

    assertThat(revoke(new Target.OwnSession(eve.session().userId(), ada.session().id())))
        .isInstanceOf(Result.NothingToRevoke.class);

    assertThat(stored().isRevoked()).isFalse();
  }

  @Test
  void endsAllOwnSessionsButTheCurrentOne() {
    IssuedTokens eve = latchkey.registered("eve");
    IssuedTokens phone = latchkey.loggedIn("ada");
    IssuedTokens tablet = latchkey.loggedIn("ada");

    assertThat(revoke(new Target.OwnOtherSessions(ada.session().userId(), phone.session().id())))
        .isInstanceOf(Result.Revoked.class);

    assertThat(stored().isRevoked()).isTrue();
    assertThat(latchkey.stored(tablet.session().id()).isRevoked()).isTrue();
    assertThat(latchkey.stored(phone.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.stored(eve.session().id()).isRevoked()).isFalse();
    assertThat(latchkey.events().all())
        .filteredOn(event -> event.type() == SecurityEvent.Type.SESSION_REVOKED)
        .extracting(SecurityEvent::sessionId)
        .containsExactlyInAnyOrder(ada.session().id(), tablet.session().id());
  }

  @Test
  void endsASessionOnce() {
    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);
    Session before = stored();
    latchkey.clock().advance(Duration.ofHours(1));

    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.NothingToRevoke.class);
    assertThat(revoke(ada.session().id())).isInstanceOf(Result.NothingToRevoke.class);

    assertThat(stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "lkr_fake.1.2.3.4"})
  void findsNothingToRevokeInGarbage(String text) {
    assertThat(revoke(new TokenText(text))).isInstanceOf(Result.NothingToRevoke.class);
  }

  @Test
  void endsNothingForAForgedToken() {
    TokenText forged =
        latchkey
            .refreshTokens()
            .derive(ada.session().currentToken(), new Salt(new byte[Salt.LENGTH]));

    assertThat(revoke(forged)).isInstanceOf(Result.NothingToRevoke.class);

    assertThat(stored()).isEqualTo(ada.session());
  }

  @Test
  void findsNothingToRevokeForAnUnknownId() {
    assertThat(revoke(new SessionId(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"))))
        .isInstanceOf(Result.NothingToRevoke.class);
  }

  private void assertLoggedOutNow() {
    assertThat(stored().revocation())
        .isEqualTo(new Revocation(latchkey.clock().instant(), Revocation.Reason.LOGGED_OUT));
  }

  private Session stored() {
    return latchkey.stored(ada.session().id());
  }

  private Result revoke(TokenText refreshToken) {
    return latchkey.logOut(refreshToken);
  }

  private Result revoke(SessionId id) {
    return revoke(new Target.OwnSession(ada.session().userId(), id));
  }

  private Result revoke(Target target) {
    return latchkey.revoke().execute(new Revoke.Command(target, TestApplication.DEVICE));
  }
}

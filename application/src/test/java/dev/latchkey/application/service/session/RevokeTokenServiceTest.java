package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.FakeRegisteredClients.PARTNER;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.in.session.RevokeToken.Result;
import dev.latchkey.application.port.in.session.RevokeToken.Token;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RevokeTokenServiceTest {

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
    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.SessionRevoked(
                SecurityEvent.Concerned.of(
                    ada.session(), TestApplication.DEVICE, latchkey.clock().instant())));
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

    assertThat(revoke(new Token.Any(ada.refreshTokenText()), ClientId.FIRST_PARTY))
        .isInstanceOf(Result.Revoked.class);
    assertThat(revoke(new Token.Any(phone.accessTokenText()), ClientId.FIRST_PARTY))
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
    var token = new Token.Any(ada.accessTokenText());
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME);

    assertThat(revoke(token, ClientId.FIRST_PARTY)).isInstanceOf(Result.NothingToRevoke.class);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  /** The API accepts it for as long, so whoever holds it can log out with it. */
  @Test
  void endsTheSessionOfAnAccessTokenForAsLongAsTheLeewayLasts() {
    Duration leeway = Duration.ofSeconds(30);
    var lenient =
        new RevokeTokenService(
            latchkey.stores().transactions(),
            new PresentedTokens(
                latchkey.stores().sessions(), latchkey.refreshTokens(), latchkey.sessionTokens()),
            new SessionRevoker(latchkey.stores().sessions(), latchkey.events()),
            new Leeway(leeway),
            latchkey.events(),
            latchkey.clock());
    IssuedTokens phone = latchkey.loggedIn("ada");
    var command =
        new RevokeToken.Command(
            new Token.Any(phone.accessTokenText()),
            ClientId.FIRST_PARTY,
            null,
            TestApplication.DEVICE);

    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.plus(leeway));
    assertThat(lenient.execute(command)).isInstanceOf(Result.NothingToRevoke.class);
    latchkey.clock().advance(Duration.ofMillis(-1));
    assertThat(lenient.execute(command)).isInstanceOf(Result.Revoked.class);
  }

  @Test
  void endsNoSessionForAnAccessTokenThatIsNotYetValid() {
    latchkey.clock().advance(Duration.ofMinutes(-10));

    assertThat(revoke(new Token.Any(ada.accessTokenText()), ClientId.FIRST_PARTY))
        .isInstanceOf(Result.NothingToRevoke.class);
  }

  @Test
  void endsNoSessionOfAnotherClient() {
    for (Token token :
        List.of(
            new Token.Refresh(ada.refreshTokenText()),
            new Token.Any(ada.refreshTokenText()),
            new Token.Any(latchkey.loggedIn("ada").accessTokenText()))) {
      assertThat(revoke(token, PARTNER.id())).isInstanceOf(Result.OtherClient.class);
      assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.RevocationOtherClient.class);
    }

    assertThat(latchkey.exchanged(ada.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void endsNoOtherSession() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertThat(latchkey.exchanged(phone.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void endsASessionOnce() {
    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.Revoked.class);
    Session before = stored();
    latchkey.clock().advance(Duration.ofHours(1));

    assertThat(revoke(ada.refreshTokenText())).isInstanceOf(Result.NothingToRevoke.class);

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

  private Result revoke(Token token, ClientId clientId) {
    return latchkey
        .revokeToken()
        .execute(new RevokeToken.Command(token, clientId, null, TestApplication.DEVICE));
  }
}

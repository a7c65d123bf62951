package dev.latchkey.application.service;

import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.AuthenticateBearer.Result;
import dev.latchkey.application.port.in.AuthenticateBearer;
import dev.latchkey.application.port.in.IssuedTokens;
import dev.latchkey.domain.session.Leeway;
import dev.latchkey.domain.session.TokenText;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AuthenticateBearerServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens ada = latchkey.registered("ada");

  @Test
  void saysWhatTheTokenSays() {
    assertThat(latchkey.authenticate(ada.accessTokenText())).isEqualTo(new Result.Authenticated(ada.accessToken()));
  }

  @Test
  void acceptsATokenUntilItExpires() {
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.minusMillis(1));

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void tellsThatATokenHasExpired() {
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME);

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Expired.class);
  }

  @Test
  void acceptsATokenForTheLeewayAfterItsExpiry() {
    var leeway = new Leeway(Duration.ofSeconds(10));
    var lenient = new AuthenticateBearerService(latchkey.accessTokens(), leeway, latchkey.clock());
    var command = new AuthenticateBearer.Command(ada.accessTokenText());

    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.plusSeconds(10).minusMillis(1));
    assertThat(lenient.execute(command)).isInstanceOf(Result.Authenticated.class);

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(lenient.execute(command)).isInstanceOf(Result.Expired.class);
  }

  @Test
  void refusesATokenThatIsNotYetValid() {
    latchkey.clock().advance(Duration.ofMinutes(-1));

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Invalid.class);
  }

  @Test
  void refusesWhatIsNotOneOfOurs() {
    assertThat(latchkey.authenticate(new TokenText("garbage"))).isInstanceOf(Result.Invalid.class);
    assertThat(latchkey.authenticate(ada.refreshTokenText())).isInstanceOf(Result.Invalid.class);
  }

  /** Any other resource server could not know either: that is why access tokens live for minutes. */
  @Test
  void acceptsATokenOfARevokedSessionUntilItExpires() {
    latchkey.logOut(ada.refreshTokenText());

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Authenticated.class);
  }
}

package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.AuthenticateBearer;
import dev.latchkey.application.port.in.ExchangeRefreshToken;
import dev.latchkey.application.port.in.ExchangeRefreshToken.Result.Exchanged;
import dev.latchkey.application.port.in.ExchangeRefreshToken.Result.ReuseDetected;
import dev.latchkey.application.port.in.ExchangeRefreshToken.Result.Revoked;
import dev.latchkey.application.port.in.IssuedTokens;
import dev.latchkey.application.port.in.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.Login;
import dev.latchkey.application.port.in.Login.Result.LoggedIn;
import dev.latchkey.application.port.in.Register;
import dev.latchkey.application.port.in.Register.Result.Registered;
import dev.latchkey.application.port.in.Revoke;
import dev.latchkey.domain.session.ClientFacts;
import dev.latchkey.domain.session.TokenText;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Latchkey does, from the first day of an account to a theft and after. Read this first. */
public abstract class LatchkeyStory {

  private static final String PASSWORD = "correct horse battery staple";

  private TestApplication latchkey;

  /** Empty ones. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void start() {
    latchkey = TestApplication.on(emptyStores());
  }

  @Test
  void neverLogsAUserOutByAccidentAndNeverLetsAThiefStay() {
    // Ada opens an account on her laptop, and later logs in on her phone, too: two sessions.
    IssuedTokens laptop = register("ada", "ada@example.org");
    IssuedTokens phone = logIn("Ada@Example.org");
    assertThat(phone.session().id()).isNotEqualTo(laptop.session().id());
    assertThat(bearerOf(laptop)).isInstanceOf(AuthenticateBearer.Result.Authenticated.class);

    // Access tokens live for minutes. The laptop trades its refresh token for a new pair; the old one is spent.
    wait(Duration.ofHours(1));
    assertThat(bearerOf(laptop)).isInstanceOf(AuthenticateBearer.Result.Expired.class);
    IssuedTokens refreshed = exchanged(laptop.refreshTokenText());
    assertThat(refreshed.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(bearerOf(refreshed)).isInstanceOf(AuthenticateBearer.Result.Authenticated.class);

    // That answer got lost on its way, so the laptop asks again, and is given the very same successor.
    wait(Duration.ofSeconds(31));
    IssuedTokens again = exchanged(laptop.refreshTokenText());
    assertThat(again.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(again.refreshTokenText()).isEqualTo(refreshed.refreshTokenText());

    // Much later somebody comes with the spent token. That is no retry: a copy of it is in the wrong hands.
    wait(Duration.ofHours(2));
    assertThat(exchange(laptop.refreshTokenText())).isInstanceOf(ReuseDetected.class);

    // Nobody can say who of the two is the thief, so both are out.
    assertThat(exchange(laptop.refreshTokenText())).isInstanceOf(Revoked.class);
    assertThat(exchange(again.refreshTokenText())).isInstanceOf(Revoked.class);

    // The phone does not notice, until Ada logs out there.
    IssuedTokens onPhone = exchanged(phone.refreshTokenText());
    assertThat(logOut(onPhone)).isInstanceOf(Revoke.Result.Revoked.class);
    assertThat(exchange(onPhone.refreshTokenText())).isInstanceOf(Revoked.class);
  }

  private IssuedTokens register(String username, String email) {
    var command =
        new Register.Command(
            new Username(username),
            new EmailAddress(email),
            new NewPassword(PASSWORD),
            null,
            null,
            new ClientFacts("192.0.2.1", "Laptop"));
    return latchkey.register().execute(command) instanceof Registered(_, IssuedTokens tokens) ? tokens : missing();
  }

  private IssuedTokens logIn(String login) {
    var command = new Login.Command(login, new Password(PASSWORD), new ClientFacts("192.0.2.2", "Phone"));
    return latchkey.login().execute(command) instanceof LoggedIn(IssuedTokens tokens) ? tokens : missing();
  }

  private IssuedTokens exchanged(TokenText refreshToken) {
    return exchange(refreshToken) instanceof Exchanged(IssuedTokens tokens) ? tokens : missing();
  }

  private ExchangeRefreshToken.Result exchange(TokenText refreshToken) {
    return latchkey.exchange().execute(new ExchangeRefreshToken.Command(refreshToken, null, null));
  }

  private AuthenticateBearer.Result bearerOf(IssuedTokens tokens) {
    return latchkey.authenticateBearer().execute(new AuthenticateBearer.Command(tokens.accessTokenText()));
  }

  private Revoke.Result logOut(IssuedTokens tokens) {
    return latchkey.revoke().execute(new Revoke.Command(new Revoke.Target.OfRefreshToken(tokens.refreshTokenText())));
  }

  private void wait(Duration duration) {
    latchkey.clock().advance(duration);
  }

  private static IssuedTokens missing() {
    throw new AssertionError("no tokens were given");
  }
}

package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.AuthenticateBearer.Result.Authenticated;
import dev.latchkey.application.port.in.session.AuthenticateBearer.Result.Expired;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result.ReuseDetected;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result.Revoked;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.RevokeToken;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What Latchkey does, from the first day of an account to a theft and after. Read this first. */
public abstract class LatchkeyStory {

  /** Returns stores without data; called before each test. */
  protected abstract Stores emptyStores();

  @Test
  void neverLogsAUserOutByAccidentAndNeverLetsAThiefStay() {
    TestApplication latchkey = TestApplication.on(emptyStores());

    // Ada opens an account on her laptop, then logs in on her phone by e-mail, in any case: two
    // sessions.
    IssuedTokens laptop = latchkey.registered("ada");
    IssuedTokens phone = latchkey.loggedIn("Ada@Example.org");
    assertThat(phone.session().id()).isNotEqualTo(laptop.session().id());
    assertThat(latchkey.authenticate(laptop.accessTokenText())).isInstanceOf(Authenticated.class);

    // Access tokens live for minutes. The laptop trades its refresh token for a new pair; the old
    // one is spent.
    latchkey.clock().advance(Duration.ofHours(1));
    assertThat(latchkey.authenticate(laptop.accessTokenText())).isInstanceOf(Expired.class);
    IssuedTokens refreshed = latchkey.exchanged(laptop.refreshTokenText());
    assertThat(refreshed.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(latchkey.authenticate(refreshed.accessTokenText()))
        .isInstanceOf(Authenticated.class);

    // That answer got lost on its way. The laptop asks again, and receives the very same successor.
    latchkey.clock().advance(Duration.ofSeconds(31));
    IssuedTokens again = latchkey.exchanged(laptop.refreshTokenText());
    assertThat(again.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(again.refreshTokenText()).isEqualTo(refreshed.refreshTokenText());

    // Much later the spent token comes back. The laptop has moved on, so this may be a thief with a
    // copy of it.
    latchkey.clock().advance(Duration.ofHours(2));
    assertThat(latchkey.exchange(laptop.refreshTokenText())).isInstanceOf(ReuseDetected.class);

    // Nobody can tell the two apart, so both are out, whichever token they present.
    assertThat(latchkey.exchange(laptop.refreshTokenText())).isInstanceOf(Revoked.class);
    assertThat(latchkey.exchange(again.refreshTokenText())).isInstanceOf(Revoked.class);

    // The phone is not affected. Then Ada logs out there, too.
    IssuedTokens onPhone = latchkey.exchanged(phone.refreshTokenText());
    assertThat(latchkey.logOut(onPhone.refreshTokenText()))
        .isInstanceOf(RevokeToken.Result.Revoked.class);
    assertThat(latchkey.exchange(onPhone.refreshTokenText())).isInstanceOf(Revoked.class);
  }
}

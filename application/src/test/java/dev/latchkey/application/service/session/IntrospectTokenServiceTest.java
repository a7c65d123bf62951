package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.FakeRegisteredClients.FIRST_PARTY;
import static dev.latchkey.testkit.FakeRegisteredClients.PARTNER;
import static dev.latchkey.testkit.FakeRegisteredClients.RESOURCE_SERVER;
import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IntrospectToken.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntrospectTokenServiceTest {

  private static final Result INACTIVE = new Result.Inactive();

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens ada = latchkey.registered("ada");

  @Test
  void saysWhatAnActiveAccessTokenSays() {
    assertThat(introspect(ada.accessTokenText()))
        .isEqualTo(new Result.ActiveAccessToken(ada.accessToken()));
  }

  @Test
  void knowsTheTokensOfAllClients() {
    IssuedTokens partners = latchkey.loggedIn("ada", PARTNER.id());

    assertThat(introspect(partners.accessTokenText()))
        .isEqualTo(new Result.ActiveAccessToken(partners.accessToken()));
  }

  @Test
  void anAccessTokenIsActiveUntilItExpires() {
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.minusMillis(1));
    assertThat(introspect(ada.accessTokenText())).isInstanceOf(Result.ActiveAccessToken.class);

    latchkey.clock().advance(Duration.ofMillis(1));
    assertThat(introspect(ada.accessTokenText())).isEqualTo(INACTIVE);
  }

  @Test
  void anAccessTokenThatIsNotYetValidIsInactive() {
    latchkey.clock().advance(Duration.ofMinutes(-1));

    assertThat(introspect(ada.accessTokenText())).isEqualTo(INACTIVE);
  }

  @Test
  void aRotationLeavesTheAccessTokenActive() {
    IssuedTokens next = latchkey.exchanged(ada.refreshTokenText());

    assertThat(introspect(ada.accessTokenText())).isInstanceOf(Result.ActiveAccessToken.class);
    assertThat(introspect(next.accessTokenText())).isInstanceOf(Result.ActiveAccessToken.class);
  }

  @Test
  void aRevokedSessionTakesItsTokensWithItAtOnce() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    latchkey.logOut(ada.refreshTokenText());

    assertThat(introspect(ada.accessTokenText())).isEqualTo(INACTIVE);
    assertThat(introspect(ada.refreshTokenText())).isEqualTo(INACTIVE);
    assertThat(introspect(phone.accessTokenText())).isInstanceOf(Result.ActiveAccessToken.class);
  }

  /** An access token may outlive the idle time of its session; with the session it is over. */
  @Test
  void aSessionThatHasExpiredTakesItsTokensWithIt() {
    User eve = aUser().withUsername("eve").build();
    Instant now = latchkey.clock().instant();
    Session session = aSession().withUser(eve).withIdleExpiresAt(now.plusSeconds(60)).build();
    store(eve, session);
    TokenText token =
        latchkey.accessTokens().sign(AccessToken.issue(eve, session, now, ACCESS_TOKEN_LIFETIME));
    assertThat(introspect(token)).isInstanceOf(Result.ActiveAccessToken.class);

    latchkey.clock().advance(Duration.ofSeconds(60));

    assertThat(introspect(token)).isEqualTo(INACTIVE);
    assertThat(introspect(latchkey.refreshTokens().derive(session.currentToken(), session.salt())))
        .isEqualTo(INACTIVE);
  }

  @Test
  void tokensOfADisabledUserAreInactive() {
    User eve = aUser().withUsername("eve").withStatus(UserStatus.DISABLED).build();
    Session session = aSession().withUser(eve).build();
    store(eve, session);
    Instant now = latchkey.clock().instant();

    assertThat(
            introspect(
                latchkey
                    .accessTokens()
                    .sign(AccessToken.issue(eve, session, now, ACCESS_TOKEN_LIFETIME))))
        .isEqualTo(INACTIVE);
    assertThat(introspect(latchkey.refreshTokens().derive(session.currentToken(), session.salt())))
        .isEqualTo(INACTIVE);
  }

  @Test
  void anAccessTokenOfASessionThatIsGoneIsInactive() {
    User eve = aUser().withUsername("eve").build();
    Session session = aSession().withUser(eve).build();
    assertThat(latchkey.stores().users().add(eve)).isEqualTo(Addition.ADDED);

    assertThat(
            introspect(
                latchkey
                    .accessTokens()
                    .sign(
                        AccessToken.issue(
                            eve, session, latchkey.clock().instant(), ACCESS_TOKEN_LIFETIME))))
        .isEqualTo(INACTIVE);
  }

  @Test
  void aRefreshTokenIsActiveAsLongAsItIsCurrent() {
    assertThat(introspect(ada.refreshTokenText()))
        .isInstanceOfSatisfying(
            Result.ActiveRefreshToken.class,
            active -> {
              assertThat(active.session()).isEqualTo(ada.session());
              assertThat(active.user().username()).hasToString("ada");
            });

    IssuedTokens next = latchkey.exchanged(ada.refreshTokenText());

    assertThat(introspect(ada.refreshTokenText())).isEqualTo(INACTIVE);
    assertThat(introspect(next.refreshTokenText())).isInstanceOf(Result.ActiveRefreshToken.class);
  }

  @Test
  void introspectingSpendsNothing() {
    assertThat(introspect(ada.refreshTokenText())).isInstanceOf(Result.ActiveRefreshToken.class);

    assertThat(latchkey.stored(ada.session().id())).isEqualTo(ada.session());
  }

  @Test
  void aRefreshTokenIsInactiveAfterTheIdleTime() {
    latchkey.clock().advance(POLICY.idle());

    assertThat(introspect(ada.refreshTokenText())).isEqualTo(INACTIVE);
  }

  @Test
  void garbageIsInactive() {
    assertThat(introspect(new TokenText("garbage"))).isEqualTo(INACTIVE);
  }

  @Test
  void theLeewayOfAccessTokensHoldsHereToo() {
    var presentedTokens =
        new PresentedTokens(
            latchkey.stores().sessions(), latchkey.refreshTokens(), latchkey.sessionTokens());
    var lenient =
        new IntrospectTokenService(
            presentedTokens, new Leeway(Duration.ofSeconds(10)), latchkey.clock());
    var command = new IntrospectToken.Command(ada.accessTokenText(), RESOURCE_SERVER);

    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.plusSeconds(9));
    assertThat(lenient.execute(command)).isInstanceOf(Result.ActiveAccessToken.class);

    latchkey.clock().advance(Duration.ofSeconds(1));
    assertThat(lenient.execute(command)).isEqualTo(INACTIVE);
  }

  @Test
  void tellsNothingToAClientThatMayNotAsk() {
    assertThat(
            latchkey
                .introspect()
                .execute(new IntrospectToken.Command(ada.accessTokenText(), FIRST_PARTY)))
        .isEqualTo(new Result.NotAuthenticated());
    assertThat(
            latchkey
                .introspect()
                .execute(new IntrospectToken.Command(ada.accessTokenText(), PARTNER)))
        .isEqualTo(new Result.NotAllowed());
  }

  private Result introspect(TokenText token) {
    return latchkey.introspect().execute(new IntrospectToken.Command(token, RESOURCE_SERVER));
  }

  private void store(User user, Session session) {
    assertThat(latchkey.stores().users().add(user)).isEqualTo(Addition.ADDED);
    latchkey.stores().sessions().add(session);
  }
}

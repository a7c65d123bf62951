package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.AuthenticateBearer.Result;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import dev.latchkey.testkit.UserMother;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AuthenticateBearerServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final IssuedTokens ada = latchkey.registered("ada");

  @Test
  void saysWhatTheTokenSays() {
    assertThat(latchkey.authenticate(ada.accessTokenText()))
        .isEqualTo(new Result.Authenticated(ada.accessToken()));
  }

  @Test
  void acceptsATokenUntilItExpires() {
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME.minusMillis(1));

    assertThat(latchkey.authenticate(ada.accessTokenText()))
        .isInstanceOf(Result.Authenticated.class);
  }

  @Test
  void tellsThatATokenHasExpired() {
    latchkey.clock().advance(ACCESS_TOKEN_LIFETIME);

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Expired.class);
  }

  @Test
  void acceptsATokenForTheLeewayAfterItsExpiry() {
    AuthenticateBearer lenient = on(latchkey.stores(), new Leeway(Duration.ofSeconds(10)));
    var command = new AuthenticateBearer.Command(ada.accessTokenText(), null);

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

  @Test
  void refusesATokenOfASessionThatWasLoggedOut() {
    latchkey.logOut(ada.refreshTokenText());

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Invalid.class);
  }

  @Test
  void refusesATokenOfASessionThatReuseEnded() {
    IssuedTokens second = latchkey.exchanged(ada.refreshTokenText());
    latchkey.exchanged(second.refreshTokenText());
    assertThat(latchkey.exchange(ada.refreshTokenText()))
        .isInstanceOf(ExchangeRefreshToken.Result.ReuseDetected.class);

    assertThat(latchkey.authenticate(ada.accessTokenText())).isInstanceOf(Result.Invalid.class);
    assertThat(latchkey.authenticate(second.accessTokenText())).isInstanceOf(Result.Invalid.class);
  }

  @Test
  void refusesATokenOfASessionThatHasIdledOut() {
    Instant now = latchkey.clock().instant();
    User grace = added(aUser().withUsername("grace"));
    TokenText token =
        tokenOf(
            grace,
            aSession()
                .withUser(grace)
                .withStartedAt(now)
                .withIdleExpiresAt(now.plusSeconds(60))
                .build());
    assertThat(latchkey.authenticate(token)).isInstanceOf(Result.Authenticated.class);

    latchkey.clock().advance(Duration.ofSeconds(60));

    assertThat(latchkey.authenticate(token)).isInstanceOf(Result.Invalid.class);
  }

  @Test
  void refusesATokenOfASessionThatIsGone() {
    Stores empty = Stores.inMemory();

    assertThat(
            on(empty, Leeway.NONE)
                .execute(new AuthenticateBearer.Command(ada.accessTokenText(), null)))
        .isInstanceOf(Result.Invalid.class);
  }

  /** Such a token is never issued; a session that changed hands must not lend its user to it. */
  @Test
  void refusesATokenThatNamesAnotherUserThanItsSession() {
    IssuedTokens grace = latchkey.registered("grace");
    AccessToken token = ada.accessToken();
    TokenText mixed =
        latchkey
            .accessTokens()
            .sign(
                new AccessToken(
                    token.userId(),
                    grace.session().id(),
                    token.clientId(),
                    token.username(),
                    token.roles(),
                    token.authenticatedAt(),
                    token.issuedAt(),
                    token.expiresAt(),
                    null));

    assertThat(latchkey.authenticate(mixed)).isInstanceOf(Result.Invalid.class);
  }

  @Test
  void refusesATokenOfADisabledUser() {
    User disabled = added(aUser().withUsername("grace").withStatus(UserStatus.DISABLED));

    assertThat(latchkey.authenticate(tokenOf(disabled, aSession().withUser(disabled).build())))
        .isInstanceOf(Result.Invalid.class);
  }

  @Test
  void goesOnAcceptingTheTokensFromBeforeAnExchange() {
    latchkey.exchanged(ada.refreshTokenText());

    assertThat(latchkey.authenticate(ada.accessTokenText()))
        .isEqualTo(new Result.Authenticated(ada.accessToken()));
  }

  @Test
  void leavesOutARoleThatWasWithdrawnSince() {
    UserId id = ada.session().userId();
    latchkey.stores().users().changeRoles(id, Set.of(Role.of("admin")));
    IssuedTokens asAdmin = latchkey.exchanged(ada.refreshTokenText());

    latchkey.stores().users().changeRoles(id, Set.of());

    assertThat(latchkey.authenticate(asAdmin.accessTokenText()))
        .isEqualTo(new Result.Authenticated(asAdmin.accessToken().limitedTo(Set.of())));
  }

  @Test
  void addsNoRoleThatTheTokenLacks() {
    latchkey
        .stores()
        .users()
        .changeRoles(ada.session().userId(), Set.of(Role.USER, Role.of("admin")));

    assertThat(latchkey.authenticate(ada.accessTokenText()))
        .isEqualTo(new Result.Authenticated(ada.accessToken()));
  }

  private User added(UserMother.Builder builder) {
    User user = builder.build();
    assertThat(latchkey.stores().users().add(user)).isEqualTo(Addition.ADDED);
    return user;
  }

  private TokenText tokenOf(User user, Session session) {
    latchkey.stores().sessions().add(session);
    Instant now = latchkey.clock().instant();
    return latchkey
        .accessTokens()
        .sign(AccessToken.issue(user, session, now, ACCESS_TOKEN_LIFETIME));
  }

  private AuthenticateBearer on(Stores stores, Leeway leeway) {
    return new AuthenticateBearerService(
        stores.sessions(), latchkey.sessionTokens(), leeway, latchkey.clock());
  }
}

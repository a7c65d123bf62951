package dev.latchkey.testkit;

import dev.latchkey.application.port.in.AuthenticateBearer;
import dev.latchkey.application.port.in.ExchangeRefreshToken;
import dev.latchkey.application.port.in.Login;
import dev.latchkey.application.port.in.Register;
import dev.latchkey.application.port.in.Revoke;
import dev.latchkey.application.port.in.ShowAccount;
import dev.latchkey.application.service.AuthenticateBearerService;
import dev.latchkey.application.service.ExchangeRefreshTokenService;
import dev.latchkey.application.service.LoginService;
import dev.latchkey.application.service.RegisterService;
import dev.latchkey.application.service.RevokeService;
import dev.latchkey.application.service.SessionStarter;
import dev.latchkey.application.service.SessionTokens;
import dev.latchkey.application.service.ShowAccountService;
import dev.latchkey.domain.session.MasterKeyId;
import dev.latchkey.domain.session.SessionPolicy;
import java.time.Duration;
import java.time.Instant;

/**
 * The whole application on given stores; everything else is a fake that a test can hold on to.
 *
 * @param clock starts at 2026-01-01T00:00:00Z
 */
public record TestApplication(
    Stores stores,
    SettableClock clock,
    FakeRefreshTokens refreshTokens,
    FakeAccessTokens accessTokens,
    FakePasswordHasher hasher,
    Register register,
    Login login,
    ExchangeRefreshToken exchange,
    Revoke revoke,
    AuthenticateBearer authenticateBearer,
    ShowAccount showAccount) {

  public static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofMinutes(5);
  public static final SessionPolicy POLICY = SessionPolicy.DEFAULT;

  /**
   * @param stores empty ones, as the identifiers of users and sessions start at 1
   */
  public static TestApplication on(Stores stores) {
    var clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    var refreshTokens = new FakeRefreshTokens(new MasterKeyId(1));
    var accessTokens = new FakeAccessTokens();
    var hasher = new FakePasswordHasher();
    var identifiers = new SequentialIdentifiers();
    var starter = new SessionStarter(stores.sessions(), identifiers, refreshTokens, POLICY);
    var tokens = new SessionTokens(refreshTokens, accessTokens, ACCESS_TOKEN_LIFETIME);
    return new TestApplication(
        stores,
        clock,
        refreshTokens,
        accessTokens,
        hasher,
        new RegisterService(
            stores.transactions(),
            stores.users(),
            identifiers,
            new FakeCommonPasswords(),
            hasher,
            starter,
            tokens,
            clock),
        new LoginService(stores.transactions(), stores.users(), hasher, starter, tokens, clock),
        new ExchangeRefreshTokenService(
            stores.transactions(),
            stores.sessions(),
            stores.users(),
            refreshTokens,
            accessTokens,
            tokens,
            POLICY,
            clock),
        new RevokeService(stores.transactions(), stores.sessions(), refreshTokens, tokens, clock),
        new AuthenticateBearerService(accessTokens, clock),
        new ShowAccountService(stores.transactions(), stores.users()));
  }
}

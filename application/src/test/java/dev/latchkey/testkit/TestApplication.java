package dev.latchkey.testkit;

import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.Revoke;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.account.ShowAccountService;
import dev.latchkey.application.service.client.AuthenticateClientService;
import dev.latchkey.application.service.session.AuthenticateBearerService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService;
import dev.latchkey.application.service.session.IntrospectTokenService;
import dev.latchkey.application.service.session.ListSessionsService;
import dev.latchkey.application.service.session.LoginService;
import dev.latchkey.application.service.session.PresentedTokens;
import dev.latchkey.application.service.session.RevokeService;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.Username;
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
    RecordedSecurityEvents events,
    Register register,
    Login login,
    ExchangeRefreshToken exchange,
    Revoke revoke,
    AuthenticateBearer authenticateBearer,
    AuthenticateClient authenticateClient,
    IntrospectToken introspect,
    ShowAccount showAccount,
    ListSessions listSessions) {

  public static final String PASSWORD = "correct horse battery staple";
  public static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofMinutes(5);
  public static final Device DEVICE = new Device("192.0.2.3", "Test");
  public static final SessionPolicy POLICY = SessionPolicy.DEFAULT;

  /**
   * Wires every use case.
   *
   * @param stores empty ones, as the identifiers of users and sessions start at 1
   */
  public static TestApplication on(Stores stores) {
    return on(stores, SessionLimit.NONE);
  }

  /** The same, with a limit to the sessions of a user. */
  public static TestApplication on(Stores stores, SessionLimit limit) {
    var clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    var refreshTokens = new FakeRefreshTokens(new MasterKeyId(1));
    var accessTokens = new FakeAccessTokens();
    var hasher = new FakePasswordHasher();
    var identifiers = new SequentialIdentifiers();
    var events = new RecordedSecurityEvents();
    var starter =
        new SessionStarter(
            stores.users(), stores.sessions(), identifiers, refreshTokens, POLICY, limit);
    var tokens = new SessionTokens(refreshTokens, accessTokens, ACCESS_TOKEN_LIFETIME);
    var presentedTokens =
        new PresentedTokens(stores.sessions(), refreshTokens, accessTokens, tokens);
    return new TestApplication(
        stores,
        clock,
        refreshTokens,
        accessTokens,
        hasher,
        events,
        new RegisterService(
            stores.transactions(),
            stores.users(),
            identifiers,
            new FakeCommonPasswords(),
            hasher,
            starter,
            tokens,
            events,
            clock),
        new LoginService(
            stores.transactions(), stores.users(), hasher, starter, tokens, events, clock),
        new ExchangeRefreshTokenService(
            stores.transactions(),
            stores.sessions(),
            stores.users(),
            refreshTokens,
            accessTokens,
            tokens,
            POLICY,
            false,
            events,
            clock),
        new RevokeService(stores.transactions(), stores.sessions(), presentedTokens, events, clock),
        new AuthenticateBearerService(
            stores.transactions(),
            stores.sessions(),
            stores.users(),
            accessTokens,
            Leeway.NONE,
            clock),
        new AuthenticateClientService(new FakeRegisteredClients(), events, clock),
        new IntrospectTokenService(
            stores.transactions(), stores.users(), presentedTokens, Leeway.NONE, clock),
        new ShowAccountService(stores.transactions(), stores.users()),
        new ListSessionsService(stores.transactions(), stores.sessions(), clock));
  }

  /** The tokens of a new user's first session; the e-mail address follows the user name. */
  public IssuedTokens registered(String username) {
    var command =
        new Register.Command(
            new Username(username),
            new EmailAddress(username + "@example.org"),
            new NewPassword(PASSWORD),
            null,
            null,
            ClientId.FIRST_PARTY,
            new Device("192.0.2.1", "Laptop"));
    return switch (register.execute(command)) {
      case Register.Result.Registered(_, IssuedTokens tokens) -> tokens;
      case Register.Result refusal -> throw new AssertionError(refusal);
    };
  }

  /** The tokens of another session of that user. */
  public IssuedTokens loggedIn(String login) {
    return loggedIn(login, ClientId.FIRST_PARTY);
  }

  /** The same by another client. */
  public IssuedTokens loggedIn(String login, ClientId clientId) {
    var command =
        new Login.Command(
            login, new Password(PASSWORD), clientId, new Device("192.0.2.2", "Phone"));
    return switch (login().execute(command)) {
      case Login.Result.LoggedIn(IssuedTokens tokens) -> tokens;
      case Login.Result refusal -> throw new AssertionError(refusal);
    };
  }

  public ExchangeRefreshToken.Result exchange(TokenText refreshToken) {
    return exchange.execute(
        new ExchangeRefreshToken.Command(
            refreshToken, ClientId.FIRST_PARTY, null, null, null, DEVICE));
  }

  /** What an exchange that must succeed gives. */
  public IssuedTokens exchanged(TokenText refreshToken) {
    return tokens(exchange(refreshToken));
  }

  public Revoke.Result logOut(TokenText refreshToken) {
    var target = new Revoke.Target.OfRefreshToken(refreshToken, ClientId.FIRST_PARTY);
    return revoke.execute(new Revoke.Command(target, DEVICE));
  }

  public AuthenticateBearer.Result authenticate(TokenText accessToken) {
    return authenticateBearer.execute(new AuthenticateBearer.Command(accessToken));
  }

  /** The tokens of an exchange that must have succeeded. */
  public static IssuedTokens tokens(ExchangeRefreshToken.Result result) {
    return switch (result) {
      case ExchangeRefreshToken.Result.Exchanged(IssuedTokens tokens) -> tokens;
      case ExchangeRefreshToken.Result refusal -> throw new AssertionError(refusal);
    };
  }

  /** The session as it is stored. */
  public Session stored(SessionId id) {
    return stores.sessions().find(id).orElseThrow();
  }
}

package dev.latchkey.testkit;

import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.ShowAccount;
import dev.latchkey.application.port.in.client.AuthenticateClient;
import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.ListSessions;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.RevokeOtherSessions;
import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.service.account.PasswordRules;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.account.ShowAccountService;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.client.AuthenticateClientService;
import dev.latchkey.application.service.key.MaintainSigningKeysService;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.application.service.session.AuthenticateBearerService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenForScopeService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService;
import dev.latchkey.application.service.session.IntrospectTokenService;
import dev.latchkey.application.service.session.ListSessionsService;
import dev.latchkey.application.service.session.LoginService;
import dev.latchkey.application.service.session.PresentedTokens;
import dev.latchkey.application.service.session.RevokeOtherSessionsService;
import dev.latchkey.application.service.session.RevokeSessionService;
import dev.latchkey.application.service.session.RevokeTokenService;
import dev.latchkey.application.service.session.SessionRevoker;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.ContextWords;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

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
    SessionTokens sessionTokens,
    PasswordGate passwordGate,
    AccountLife accountLife,
    Register register,
    Login login,
    ExchangeRefreshToken exchange,
    ExchangeRefreshTokenForScope exchangeForScope,
    RevokeToken revokeToken,
    RevokeSession revokeSession,
    RevokeOtherSessions revokeOtherSessions,
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
   * Wires the use cases of people and clients.
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
    var tokens =
        new SessionTokens(
            refreshTokens,
            accessTokens,
            keyRing(clock),
            new FakeRegisteredClients(),
            ACCESS_TOKEN_LIFETIME);
    var presentedTokens = new PresentedTokens(stores.sessions(), refreshTokens, tokens);
    var gate =
        new PasswordGate(
            stores.users(),
            stores.sessions(),
            hasher,
            stores.attemptCounts(),
            new FakeDigests(),
            AttemptPolicy.DEFAULT,
            clock);
    var life =
        AccountLife.of(
            stores,
            gate,
            passwordRules(),
            hasher,
            new FakeDigests(),
            AttemptPolicy.DEFAULT,
            identifiers,
            events,
            clock);
    var revoker = new SessionRevoker(stores.sessions(), events);
    var exchange =
        new ExchangeRefreshTokenService(
            stores.transactions(),
            stores.sessions(),
            refreshTokens,
            tokens,
            POLICY,
            false,
            life.mailWriter(),
            events,
            clock);
    return new TestApplication(
        stores,
        clock,
        refreshTokens,
        accessTokens,
        hasher,
        events,
        tokens,
        gate,
        life,
        register(stores, identifiers, hasher, starter, tokens, life, false, events, clock),
        new LoginService(
            stores.transactions(),
            gate,
            stores.sessions(),
            presentedTokens,
            starter,
            tokens,
            life.mailWriter(),
            events,
            clock),
        exchange,
        new ExchangeRefreshTokenForScopeService(exchange),
        new RevokeTokenService(
            stores.transactions(), presentedTokens, revoker, Leeway.NONE, events, clock),
        new RevokeSessionService(stores.transactions(), stores.sessions(), revoker, clock),
        new RevokeOtherSessionsService(stores.transactions(), stores.sessions(), revoker, clock),
        new AuthenticateBearerService(stores.sessions(), tokens, Leeway.NONE, clock),
        new AuthenticateClientService(new FakeRegisteredClients(), events, clock),
        new IntrospectTokenService(presentedTokens, Leeway.NONE, clock),
        new ShowAccountService(stores.users()),
        new ListSessionsService(stores.sessions(), clock));
  }

  private static Register register(
      Stores stores,
      SequentialIdentifiers identifiers,
      FakePasswordHasher hasher,
      SessionStarter starter,
      SessionTokens tokens,
      AccountLife life,
      boolean verificationRequired,
      RecordedSecurityEvents events,
      SettableClock clock) {
    return new RegisterService(
        stores.transactions(),
        stores.users(),
        identifiers,
        passwordRules(),
        hasher,
        starter,
        tokens,
        new AttemptCounter(stores.attemptCounts()),
        AttemptPolicy.DEFAULT.registration(),
        stores.registrations(),
        life.codeMails(),
        verificationRequired,
        events,
        clock);
  }

  /** The registration of an installation that wants addresses verified first. */
  public Register registerWithVerification() {
    return register(
        stores,
        new SequentialIdentifiers(1000),
        hasher,
        new SessionStarter(
            stores.users(),
            stores.sessions(),
            new SequentialIdentifiers(2000),
            refreshTokens,
            POLICY,
            SessionLimit.NONE),
        sessionTokens,
        accountLife,
        true,
        events,
        clock);
  }

  /** The rules, with one common and one leaked password and no words of an operator. */
  public static PasswordRules passwordRules() {
    return new PasswordRules(
        new FakeCommonPasswords(),
        new FakeBreachedPasswords(),
        ContextWords.ofInstallation("example.org", List.of()));
  }

  /** A ring with one key, which signs for ever. */
  public static SigningKeyRing keyRing(InstantSource clock) {
    var store = new InMemorySigningKeys(new InMemoryStore());
    var seal = new FakeSigningKeySeal();
    var policy =
        new SigningKeyPolicy(
            SigningAlgorithm.ES256,
            Duration.ofDays(3650),
            Duration.ofMinutes(5),
            ACCESS_TOKEN_LIFETIME);
    var ring = new SigningKeyRing(store, seal, _ -> {}, clock);
    var _ =
        new MaintainSigningKeysService(
                ring, store, seal, policy, _ -> {}, clock, new FakeTrustedTime(clock))
            .execute();
    return ring;
  }

  /** The tokens of a new user's first session; the e-mail address follows the user name. */
  public IssuedTokens registered(String username) {
    var command =
        new Register.Command(
            Username.of(username),
            EmailAddress.of(username + "@example.org"),
            NewPassword.of(PASSWORD),
            null,
            null,
            ClientId.FIRST_PARTY,
            null,
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
            login, Password.of(PASSWORD), null, clientId, null, new Device("192.0.2.2", "Phone"));
    return switch (login().execute(command)) {
      case Login.Result.LoggedIn(IssuedTokens tokens) -> tokens;
      case Login.Result refusal -> throw new AssertionError(refusal);
    };
  }

  /** What a log-in with this password comes to, on a device of its own. */
  public Login.Result logIn(String login, String password, Device device) {
    return login()
        .execute(
            new Login.Command(
                login, Password.of(password), null, ClientId.FIRST_PARTY, null, device));
  }

  /** The user as it is stored. */
  public User user(String username) {
    return stores.users().findByUsername(Username.of(username)).orElseThrow();
  }

  /** Everything that is stored now, as a value; the stores must be those in memory. */
  public Object contents() {
    return ((InMemoryStore) stores.transactions()).contents();
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

  public RevokeToken.Result logOut(TokenText refreshToken) {
    return revokeToken.execute(
        new RevokeToken.Command(
            new RevokeToken.Token.Refresh(refreshToken), ClientId.FIRST_PARTY, null, DEVICE));
  }

  public AuthenticateBearer.Result authenticate(TokenText accessToken) {
    return authenticateBearer.execute(new AuthenticateBearer.Command(accessToken, null));
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

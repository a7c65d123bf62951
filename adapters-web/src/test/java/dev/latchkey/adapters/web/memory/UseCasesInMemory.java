package dev.latchkey.adapters.web.memory;

import dev.latchkey.adapters.security.SecureIdentifiers;
import dev.latchkey.adapters.security.blocklist.BreachFilter;
import dev.latchkey.adapters.security.blocklist.CommonPasswordList;
import dev.latchkey.adapters.security.key.AesGcmSigningKeySeal;
import dev.latchkey.adapters.security.key.KeyedDigests;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.password.Argon2Parameters;
import dev.latchkey.adapters.security.password.Argon2idPasswordHasher;
import dev.latchkey.adapters.security.password.HashingLimits;
import dev.latchkey.adapters.security.token.DerivedRefreshTokens;
import dev.latchkey.adapters.security.token.DpopProofs;
import dev.latchkey.adapters.security.token.JwtAccessTokens;
import dev.latchkey.adapters.security.token.JwtEndedSessions;
import dev.latchkey.adapters.security.token.TimedNonces;
import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.connection.ConnectionLimits;
import dev.latchkey.adapters.web.connection.StrictTransport;
import dev.latchkey.adapters.web.http.AdjustableClock;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.management.ManagementPort;
import dev.latchkey.adapters.web.overload.RequestLimits;
import dev.latchkey.adapters.web.page.PageTexts;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.adapters.web.request.TrustedProxies;
import dev.latchkey.adapters.web.tls.Tls;
import dev.latchkey.application.port.out.account.BreachedPasswords;
import dev.latchkey.application.port.out.client.RegisteredClients;
import dev.latchkey.application.service.account.Administrators;
import dev.latchkey.application.service.account.ChangeRoleService;
import dev.latchkey.application.service.account.PasswordRules;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.account.ShowAccountService;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.attempt.PasswordGate;
import dev.latchkey.application.service.client.AuthenticateClientService;
import dev.latchkey.application.service.key.ListSigningKeysService;
import dev.latchkey.application.service.key.MaintainSigningKeysService;
import dev.latchkey.application.service.key.PrepareSigningKeysService;
import dev.latchkey.application.service.key.PublishVerificationKeysService;
import dev.latchkey.application.service.key.RotateSigningKeyService;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.application.service.session.AuthenticateBearerService;
import dev.latchkey.application.service.session.EndedSessionsFeed;
import dev.latchkey.application.service.session.ExchangeRefreshTokenForScopeService;
import dev.latchkey.application.service.session.ExchangeRefreshTokenService;
import dev.latchkey.application.service.session.IntrospectTokenService;
import dev.latchkey.application.service.session.IssueNonceService;
import dev.latchkey.application.service.session.ListSessionsService;
import dev.latchkey.application.service.session.LoginService;
import dev.latchkey.application.service.session.PresentedTokens;
import dev.latchkey.application.service.session.PublishEndedSessionsService;
import dev.latchkey.application.service.session.RenewEndedSessionsService;
import dev.latchkey.application.service.session.ReportAccessRefusedService;
import dev.latchkey.application.service.session.RevokeOtherSessionsService;
import dev.latchkey.application.service.session.RevokeSessionService;
import dev.latchkey.application.service.session.RevokeTokenService;
import dev.latchkey.application.service.session.SessionRevoker;
import dev.latchkey.application.service.session.SessionStarter;
import dev.latchkey.application.service.session.SessionTokens;
import dev.latchkey.application.service.session.VerifyProofService;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecretHash;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.user.ContextWords;
import dev.latchkey.domain.user.Role;
import dev.latchkey.testkit.AccountLife;
import dev.latchkey.testkit.InMemoryAttemptCounts;
import dev.latchkey.testkit.InMemoryEndedSessions;
import dev.latchkey.testkit.InMemoryRegistrations;
import dev.latchkey.testkit.InMemorySessions;
import dev.latchkey.testkit.InMemorySigningKeys;
import dev.latchkey.testkit.InMemoryStore;
import dev.latchkey.testkit.InMemoryUsers;
import dev.latchkey.testkit.RecordedSecurityEvents;
import dev.latchkey.testkit.Stores;
import io.micronaut.core.value.PropertyResolver;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that the web adapter asks for, constructed by hand from the settings of the service:
 * the use cases with the real cryptography, on tables in memory. What is wired here is what {@code
 * bootstrap} wires; that it does so rightly is shown by the same tests in {@code acceptance}.
 */
final class UseCasesInMemory {

  private final InMemoryStore store;
  private final AdjustableClock clock;
  private final PropertyResolver settings;

  UseCasesInMemory(InMemoryStore store, AdjustableClock clock, PropertyResolver settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
  }

  List<Object> singletons() {
    var random = new SecureRandom();
    var users = new InMemoryUsers(store);
    var sessions = new InMemorySessions(store);
    var signingKeys = new InMemorySigningKeys(store);
    var events = new RecordedSecurityEvents();
    var identifiers = new SecureIdentifiers(random);

    var masterKeys = MasterKeys.parse(text("master-key"));
    var keyPolicy =
        new SigningKeyPolicy(
            SigningAlgorithm.ofJwsName(text("signing-keys.algorithm")).orElseThrow(),
            time("signing-keys.rotation-interval"),
            time("signing-keys.jwks-max-age"),
            time("access-token.lifetime"));
    var seal = new AesGcmSigningKeySeal(masterKeys, SignatureProvider.fastest(), random);
    var keyRing = new SigningKeyRing(signingKeys, seal, events, clock);
    var refreshTokens = new DerivedRefreshTokens(masterKeys);
    var accessTokens = new JwtAccessTokens(text("issuer"), text("audience"), random);
    var hasher =
        new Argon2idPasswordHasher(
            new Argon2Parameters(
                number("password-hashing.memory"),
                number("password-hashing.iterations"),
                number("password-hashing.parallelism")),
            new HashingLimits(
                Runtime.getRuntime().availableProcessors(),
                number("password-hashing.queue"),
                time("password-hashing.max-wait")),
            random);

    var policy =
        new SessionPolicy(
            time("session.idle"),
            time("session.absolute"),
            time("refresh.retry-window"),
            time("refresh.keyed-retry-window"));
    var limit = new SessionLimit(number("session.max-per-user"));
    var leeway = new Leeway(time("access-token.leeway"));
    var tokens =
        new SessionTokens(
            refreshTokens, accessTokens, keyRing, clients(), time("access-token.lifetime"));
    var starter = new SessionStarter(users, sessions, identifiers, refreshTokens, policy, limit);
    var nonces = new TimedNonces(masterKeys);
    var presented = new PresentedTokens(sessions, refreshTokens, tokens);

    var attemptCounts = new InMemoryAttemptCounts(store);
    var attempts = new AttemptCounter(attemptCounts);
    var limits =
        AttemptPolicy.of(
            number("limits.failures-per-login"),
            number("limits.failures-per-network"),
            number("limits.failures-to-close"),
            time("limits.known-network"),
            number("limits.registrations-per-network"),
            number("limits.mails-per-address"),
            number("limits.mails-per-network"));
    var gate =
        new PasswordGate(
            users, sessions, hasher, attemptCounts, new KeyedDigests(masterKeys), limits, clock);

    var rules = new PasswordRules(new CommonPasswordList(), breachedPasswords(), contextWords());
    var life =
        AccountLife.of(
            Stores.on(store),
            gate,
            rules,
            hasher,
            new KeyedDigests(masterKeys),
            limits,
            identifiers,
            events,
            clock);
    var revoker = new SessionRevoker(sessions, events);
    var maintain =
        new MaintainSigningKeysService(keyRing, signingKeys, seal, keyPolicy, events, clock, clock);
    var exchange =
        new ExchangeRefreshTokenService(
            store,
            sessions,
            refreshTokens,
            tokens,
            policy,
            setting("refresh.only-after-expiry", Boolean.class),
            life.mailWriter(),
            events,
            clock);

    var feed =
        new EndedSessionsFeed(
            new InMemoryEndedSessions(store),
            new JwtEndedSessions(text("issuer")),
            keyRing,
            time("access-token.lifetime").plus(time("access-token.leeway")),
            EndedSessionsFeed.MOST,
            clock);

    List<Object> others =
        List.of(
            store,
            users,
            sessions,
            clock,
            keyRing,
            new Patience(Duration.ZERO),
            new AuthorizationServer(text("issuer"), text("audience")),
            pageTexts(),
            new ConnectionLimits(
                time("http.head-timeout"),
                time("http.body-timeout"),
                time("http.answer-timeout"),
                time("http.idle-timeout"),
                number("http.max-connections")),
            new RequestLimits(number("requests.concurrency"), time("requests.max-wait")),
            new StrictTransport(
                text("issuer").startsWith("https:"),
                setting("http.hsts-subdomains", Boolean.class)),
            Tls.of(text("tls.certificate"), text("tls.key")),
            ManagementPort.of(text("management.port"), text("management.host"), -1),
            new TrustedProxies(number("http.trusted-proxies")),
            AllowedOrigins.of(text("issuer"), text("http.allowed-origins")),
            new RegisterService(
                store,
                users,
                identifiers,
                rules,
                hasher,
                starter,
                tokens,
                attempts,
                limits.registration(),
                new InMemoryRegistrations(store),
                life.codeMails(),
                setting("email-verification.required", Boolean.class),
                events,
                clock),
            new LoginService(
                store,
                gate,
                sessions,
                presented,
                starter,
                tokens,
                life.mailWriter(),
                events,
                clock),
            new ReportAccessRefusedService(events, clock),
            exchange,
            new ExchangeRefreshTokenForScopeService(exchange),
            new RevokeTokenService(store, presented, revoker, leeway, events, clock),
            new RevokeSessionService(store, sessions, revoker, clock),
            new RevokeOtherSessionsService(store, sessions, revoker, clock),
            new AuthenticateBearerService(sessions, tokens, leeway, clock),
            new AuthenticateClientService(clients(), events, clock),
            new IntrospectTokenService(presented, leeway, clock),
            new VerifyProofService(new DpopProofs(SignatureProvider.fastest()), nonces, clock),
            new IssueNonceService(nonces, clock),
            new ChangeRoleService(store, users, new Administrators(users), events, clock),
            new ShowAccountService(users),
            new ListSessionsService(sessions, clock),
            new PublishVerificationKeysService(keyRing, keyPolicy),
            new PublishEndedSessionsService(feed),
            new RenewEndedSessionsService(feed),
            maintain,
            new PrepareSigningKeysService(keyRing, signingKeys, seal, maintain, clock),
            new RotateSigningKeyService(keyRing, signingKeys, seal, keyPolicy, events, clock),
            new ListSigningKeysService(signingKeys, clock));
    return Stream.concat(others.stream(), life.useCases().stream()).toList();
  }

  private PageTexts pageTexts() {
    String file = text("pages.texts");
    return file.isEmpty() ? PageTexts.bundled() : PageTexts.replacedFrom(Path.of(file));
  }

  private BreachedPasswords breachedPasswords() {
    String file = text("password.breach-filter");
    return file.isEmpty() ? BreachedPasswords.NONE : BreachFilter.open(Path.of(file));
  }

  /** As the settings name them: the host of the issuer, and a list. */
  private ContextWords contextWords() {
    return ContextWords.ofInstallation(
        Objects.requireNonNullElse(URI.create(text("issuer")).getHost(), ""),
        Arrays.stream(text("password.context-words").split(",", -1))
            .filter(word -> !word.isBlank())
            .toList());
  }

  /** As the setting names them: an id, the hash of its secret if it has one, what it may. */
  private RegisteredClients clients() {
    Map<ClientId, Client> clients =
        Arrays.stream((ClientId.FIRST_PARTY.text() + ", " + text("clients")).split(", ", -1))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> client(List.of(entry.split(" ", -1))))
            .collect(Collectors.toMap(Client::id, Function.identity()));
    return id -> Optional.ofNullable(clients.get(id));
  }

  private static Client client(List<String> words) {
    Optional<String> hash = words.stream().filter(word -> word.startsWith("sha256:")).findFirst();
    Optional<String> roles = words.stream().filter(word -> word.startsWith("roles=")).findFirst();
    return new Client(
        ClientId.of(words.getFirst()),
        hash.map(ClientSecretHash::new).orElse(null),
        words.contains("introspect"),
        roles
            .map(word -> Arrays.stream(word.substring("roles=".length()).split("\\+", -1)))
            .map(names -> names.map(Role::of).collect(Collectors.toSet()))
            .orElse(null),
        words.contains("dpop"));
  }

  private String text(String name) {
    return setting(name, String.class);
  }

  private int number(String name) {
    return setting(name, Integer.class);
  }

  private Duration time(String name) {
    return setting(name, Duration.class);
  }

  private <T> T setting(String name, Class<T> type) {
    return settings.getRequiredProperty("latchkey." + name, type);
  }
}

package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.application.service.account.RegisterService;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.domain.attempt.AttemptPolicy;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.session.SessionLimit;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.FakeRegisteredClients;
import dev.latchkey.testkit.FakeSigningKeySeal;
import dev.latchkey.testkit.SequentialIdentifiers;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import dev.latchkey.testkit.WatchedSigningKeys;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever reads an access token, or signs one, may have to read the signing keys, and wait for
 * others who do. Whoever held a connection meanwhile could keep them from getting theirs: with key
 * ids that nobody knows, anybody could stop the service.
 */
class TokensAreReadBeforeTransactionsTest {

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final IssuedTokens ada = latchkey.registered("ada");
  private boolean inTransaction;
  private int read;
  private String signingKeyId = "";

  private final Transactions transactions =
      new Transactions() {
        @Override
        public <T> T execute(Supplier<T> work) {
          inTransaction = true;
          try {
            return stores.transactions().execute(work);
          } finally {
            inTransaction = false;
          }
        }
      };

  private final WatchedSigningKeys signingKeys = new WatchedSigningKeys();

  private final AccessTokens accessTokens =
      new AccessTokens() {
        @Override
        public TokenText sign(AccessToken token, OpenedSigningKey key) {
          assertThat(key.id()).isEqualTo(signingKeyId);
          return latchkey.accessTokens().sign(token);
        }

        @Override
        public Optional<AccessToken> read(
            TokenText text, Function<String, Optional<OpenedSigningKey>> keys) {
          assertThat(inTransaction).isFalse();
          read++;
          return latchkey.accessTokens().read(text);
        }
      };

  private final SessionTokens sessionTokens =
      new SessionTokens(
          latchkey.refreshTokens(),
          accessTokens,
          new SigningKeyRing(
              signingKeys, new FakeSigningKeySeal(), latchkey.events(), latchkey.clock()),
          new FakeRegisteredClients(),
          ACCESS_TOKEN_LIFETIME);

  private final PresentedTokens presentedTokens =
      new PresentedTokens(stores.sessions(), latchkey.refreshTokens(), sessionTokens);

  @BeforeEach
  void addASigningKeyThatNobodyHasReadYet() {
    var next =
        new NextSigningKey(
            1,
            SigningAlgorithm.ES256,
            latchkey.clock().instant(),
            latchkey.clock().instant(),
            ACCESS_TOKEN_LIFETIME);
    SealedSigningKey added = new FakeSigningKeySeal().generate(next);
    assertThat(signingKeys.add(added)).isTrue();
    signingKeyId = added.key().id();
    signingKeys.afterNextRead(() -> assertThat(inTransaction).isFalse());
  }

  @Test
  void byAnExchange() {
    var exchange =
        new ExchangeRefreshTokenService(
            transactions,
            stores.sessions(),
            latchkey.refreshTokens(),
            sessionTokens,
            POLICY,
            false,
            latchkey.accountLife().mailWriter(),
            latchkey.events(),
            latchkey.clock());

    assertThat(
            exchange.execute(
                new ExchangeRefreshToken.Command(
                    ada.refreshTokenText(),
                    ClientId.FIRST_PARTY,
                    null,
                    ada.accessTokenText(),
                    null,
                    DEVICE)))
        .isInstanceOf(ExchangeRefreshToken.Result.Exchanged.class);
    assertThat(read).isOne();
    assertThat(signingKeys.reads()).as("to sign").isOne();
  }

  @Test
  void theSigningKeyByARegistration() {
    var register =
        new RegisterService(
            transactions,
            stores.users(),
            new SequentialIdentifiers(100),
            TestApplication.passwordRules(),
            latchkey.hasher(),
            starter(),
            sessionTokens,
            new AttemptCounter(stores.attemptCounts()),
            AttemptPolicy.DEFAULT.registration(),
            stores.registrations(),
            latchkey.accountLife().codeMails(),
            false,
            latchkey.events(),
            latchkey.clock());

    assertThat(
            register.execute(
                new Register.Command(
                    Username.of("grace"),
                    EmailAddress.of("grace@example.org"),
                    NewPassword.of(TestApplication.PASSWORD),
                    null,
                    null,
                    ClientId.FIRST_PARTY,
                    null,
                    DEVICE)))
        .isInstanceOf(Register.Result.Registered.class);
    assertThat(signingKeys.reads()).isOne();
  }

  @Test
  void theSigningKeyByALogIn() {
    var login =
        new LoginService(
            transactions,
            latchkey.passwordGate(),
            stores.sessions(),
            presentedTokens,
            starter(),
            sessionTokens,
            latchkey.accountLife().mailWriter(),
            latchkey.events(),
            latchkey.clock());

    assertThat(
            login.execute(
                new Login.Command(
                    "ada",
                    Password.of(TestApplication.PASSWORD),
                    null,
                    ClientId.FIRST_PARTY,
                    null,
                    DEVICE)))
        .isInstanceOf(Login.Result.LoggedIn.class);
    assertThat(signingKeys.reads()).isOne();
  }

  private SessionStarter starter() {
    return new SessionStarter(
        stores.users(),
        stores.sessions(),
        new SequentialIdentifiers(100),
        latchkey.refreshTokens(),
        POLICY,
        SessionLimit.NONE);
  }

  @Test
  void byARevocation() {
    var revoke =
        new RevokeTokenService(
            transactions,
            presentedTokens,
            new SessionRevoker(stores.sessions(), latchkey.events()),
            Leeway.NONE,
            latchkey.events(),
            latchkey.clock());
    var token = new RevokeToken.Token.Any(ada.accessTokenText());

    assertThat(revoke.execute(new RevokeToken.Command(token, ClientId.FIRST_PARTY, null, DEVICE)))
        .isInstanceOf(RevokeToken.Result.Revoked.class);
    assertThat(read).isOne();
  }
}

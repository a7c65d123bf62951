package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.FakeRegisteredClients.RESOURCE_SERVER;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.TestApplication.DEVICE;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Revoke;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.Leeway;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Who reads an access token may have to fetch its key, and wait for others who do. Whoever held a
 * connection meanwhile could keep them from getting theirs: with key ids that nobody knows, anybody
 * could stop the service.
 */
class TokensAreReadBeforeTransactionsTest {

  private final Stores stores = Stores.inMemory();
  private final TestApplication latchkey = TestApplication.on(stores);
  private final IssuedTokens ada = latchkey.registered("ada");
  private boolean inTransaction;
  private int read;

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

  private final AccessTokens accessTokens =
      new AccessTokens() {
        @Override
        public TokenText sign(AccessToken token) {
          return latchkey.accessTokens().sign(token);
        }

        @Override
        public Optional<AccessToken> read(TokenText text) {
          assertThat(inTransaction).isFalse();
          read++;
          return latchkey.accessTokens().read(text);
        }
      };

  private final SessionTokens sessionTokens =
      new SessionTokens(latchkey.refreshTokens(), accessTokens, ACCESS_TOKEN_LIFETIME);
  private final PresentedTokens presentedTokens =
      new PresentedTokens(stores.sessions(), latchkey.refreshTokens(), accessTokens, sessionTokens);

  @Test
  void byAnExchange() {
    var exchange =
        new ExchangeRefreshTokenService(
            transactions,
            stores.sessions(),
            stores.users(),
            latchkey.refreshTokens(),
            accessTokens,
            sessionTokens,
            POLICY,
            false,
            latchkey.events(),
            latchkey.clock());

    assertThat(
            exchange.execute(
                new ExchangeRefreshToken.Command(
                    ada.refreshTokenText(),
                    ClientId.FIRST_PARTY,
                    null,
                    null,
                    ada.accessTokenText(),
                    DEVICE)))
        .isInstanceOf(ExchangeRefreshToken.Result.Exchanged.class);
    assertThat(read).isOne();
  }

  @Test
  void byABearer() {
    var authenticate =
        new AuthenticateBearerService(
            transactions,
            stores.sessions(),
            stores.users(),
            accessTokens,
            Leeway.NONE,
            latchkey.clock());

    assertThat(authenticate.execute(new AuthenticateBearer.Command(ada.accessTokenText())))
        .isInstanceOf(AuthenticateBearer.Result.Authenticated.class);
    assertThat(read).isOne();
  }

  @Test
  void byARevocation() {
    var revoke =
        new RevokeService(
            transactions, stores.sessions(), presentedTokens, latchkey.events(), latchkey.clock());
    var target = new Revoke.Target.OfToken(ada.accessTokenText(), ClientId.FIRST_PARTY);

    assertThat(revoke.execute(new Revoke.Command(target, DEVICE)))
        .isInstanceOf(Revoke.Result.Revoked.class);
    assertThat(read).isOne();
  }

  @Test
  void byAnIntrospection() {
    var introspect =
        new IntrospectTokenService(
            transactions, stores.users(), presentedTokens, Leeway.NONE, latchkey.clock());

    assertThat(
            introspect.execute(new IntrospectToken.Command(ada.accessTokenText(), RESOURCE_SERVER)))
        .isInstanceOf(IntrospectToken.Result.ActiveAccessToken.class);
    assertThat(read).isOne();
  }
}

package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.FakeRegisteredClients.PARTNER;
import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static dev.latchkey.testkit.TestApplication.tokens;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.application.port.in.session.AuthenticateBearer;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken.Result;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.service.key.SigningKeyRing;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.testkit.FakeRegisteredClients;
import dev.latchkey.testkit.FakeSigningKeySeal;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import dev.latchkey.testkit.WatchedSigningKeys;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExchangeRefreshTokenServiceTest {

  private static final IdempotencyKey KEY = IdempotencyKey.of("exchange-1");
  private static final Set<Role> EDITOR = Set.of(Role.of("editor"));
  private static final TokenText GARBAGE = new TokenText("garbage");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private IssuedTokens first;

  @BeforeEach
  void register() {
    first = latchkey.registered("ada");
  }

  @Test
  void rotatesTheCurrentToken() {
    pass(Duration.ofHours(1));

    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());

    assertThat(second.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(second.refreshTokenText()).isNotEqualTo(first.refreshTokenText());
    assertThat(second.session().generation()).isEqualTo(new Generation(1));
    assertThat(second.session().rotatedAt())
        .isEqualTo(latchkey.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    assertThat(second.session().idleExpiresAt())
        .isEqualTo(latchkey.clock().instant().plus(POLICY.idle()));
    assertThat(stored()).isEqualTo(second.session());
  }

  @Test
  void issuesAnAccessTokenThatStartsNow() {
    pass(Duration.ofHours(1));

    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());

    assertThat(latchkey.accessTokens().read(second.accessTokenText()))
        .contains(second.accessToken());
    assertThat(second.accessToken().sessionId()).isEqualTo(first.session().id());
    assertThat(second.accessToken().issuedAt())
        .isEqualTo(latchkey.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    assertThat(second.accessToken().authenticatedAt()).isEqualTo(first.session().startedAt());
    assertThat(second.accessToken().lifetime()).isEqualTo(ACCESS_TOKEN_LIFETIME);
  }

  @Test
  void leavesTheAccessTokenBeforeValid() {
    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);

    assertThat(latchkey.authenticate(first.accessTokenText()))
        .isInstanceOf(AuthenticateBearer.Result.Authenticated.class);
  }

  @Test
  void issuesNoAccessTokenThatOutlivesTheSession() {
    IssuedTokens last = exchangeUntilOneMinuteBeforeTheAbsoluteEnd();

    assertThat(last.accessToken().expiresAt()).isEqualTo(first.session().absoluteExpiresAt());
    assertThat(last.session().idleExpiresAt()).isEqualTo(first.session().absoluteExpiresAt());
  }

  @Test
  void answersARetryWithTheSameSuccessorAndChangesNothing() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    Session before = stored();
    pass(POLICY.retryWindow().minusMillis(1));

    IssuedTokens again = latchkey.exchanged(first.refreshTokenText());

    assertThat(again.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(again.refreshTokenText()).isEqualTo(second.refreshTokenText());
    assertThat(again.accessToken().issuedAt())
        .isEqualTo(latchkey.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    assertThat(latchkey.accessTokens().read(again.accessTokenText())).contains(again.accessToken());
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void answersALateRetryThatBringsTheKeyOfTheExchange() {
    IssuedTokens second = tokens(exchange(first.refreshTokenText(), KEY));
    pass(Duration.ofHours(23));

    IssuedTokens again =
        tokens(exchange(first.refreshTokenText(), IdempotencyKey.of("exchange-1")));

    assertThat(again.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(again.refreshTokenText()).isEqualTo(second.refreshTokenText());
  }

  @Test
  void takesALateRetryWithAnotherKeyForReuse() {
    assertThat(tokens(exchange(first.refreshTokenText(), KEY)).outcome())
        .isEqualTo(Outcome.ROTATED);
    pass(Duration.ofHours(23));

    assertThat(exchange(first.refreshTokenText(), IdempotencyKey.of("exchange-2")))
        .isInstanceOf(Result.ReuseDetected.class);
  }

  @Test
  void answersARetryWithTheIdenticalTextAfterTheMasterKeyChanged() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    latchkey.refreshTokens().useKey(new MasterKeyId(2));

    IssuedTokens again = latchkey.exchanged(first.refreshTokenText());

    assertThat(again.outcome()).isEqualTo(Outcome.RETRIED);
    assertThat(again.refreshTokenText().reveal()).isEqualTo(second.refreshTokenText().reveal());
  }

  @Test
  void derivesSuccessorsWithTheCurrentMasterKey() {
    latchkey.refreshTokens().useKey(new MasterKeyId(2));

    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());

    assertThat(latchkey.refreshTokens().parse(second.refreshTokenText()))
        .map(RefreshToken::masterKeyId)
        .contains(new MasterKeyId(2));
    assertThat(latchkey.exchanged(second.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void detectsReuseAndRevokesTheSessionBeforeItRefuses() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    pass(POLICY.retryWindow());

    assertThat(latchkey.exchange(first.refreshTokenText()))
        .isInstanceOf(Result.ReuseDetected.class);

    assertThat(stored().revocation())
        .isEqualTo(new Revocation(latchkey.clock().instant(), Revocation.Reason.REUSE_DETECTED));
    assertThat(latchkey.exchange(second.refreshTokenText())).isInstanceOf(Result.Revoked.class);
  }

  @Test
  void detectsReuseOfATokenThatIsOlderThanTheLast() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    assertThat(latchkey.exchanged(second.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);

    assertThat(latchkey.exchange(first.refreshTokenText()))
        .isInstanceOf(Result.ReuseDetected.class);
  }

  @Test
  void revokesNoOtherSessionOfTheUser() {
    IssuedTokens phone = latchkey.loggedIn("ada");
    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
    pass(POLICY.retryWindow());

    assertThat(latchkey.exchange(first.refreshTokenText()))
        .isInstanceOf(Result.ReuseDetected.class);

    assertThat(latchkey.exchanged(phone.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void refusesTheTokenOfARevokedSession() {
    latchkey.logOut(first.refreshTokenText());
    Session before = stored();

    assertThat(latchkey.exchange(first.refreshTokenText())).isInstanceOf(Result.Revoked.class);

    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void refusesTheTokenOfASessionThatWasIdleForTooLong() {
    pass(POLICY.idle());

    assertThat(latchkey.exchange(first.refreshTokenText())).isInstanceOf(Result.Expired.class);

    assertThat(stored()).isEqualTo(first.session());
  }

  @Test
  void refusesTheTokenOfASessionAtItsAbsoluteEndHoweverBusyItWas() {
    IssuedTokens last = exchangeUntilOneMinuteBeforeTheAbsoluteEnd();
    pass(Duration.ofMinutes(1));

    assertThat(latchkey.exchange(last.refreshTokenText())).isInstanceOf(Result.Expired.class);

    assertThat(stored()).isEqualTo(last.session());
  }

  @Test
  void rotatesATokenAheadOfAStoreThatLostItsLatestWrites() {
    IssuedTokens tokens = latchkey.exchanged(tokenOf(first.session(), 41));

    assertThat(tokens.outcome()).isEqualTo(Outcome.ROTATED);
    assertThat(stored().generation()).isEqualTo(new Generation(42));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "lkr_fake.1.2.3.4", "\0"})
  void doesNotKnowGarbage(String text) {
    assertThat(latchkey.exchange(new TokenText(text))).isInstanceOf(Result.Unknown.class);
  }

  @Test
  void doesNotKnowATokenOfASessionThatIsNotStored() {
    var unknown = new SessionId(UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));

    assertThat(latchkey.exchange(tokenOf(aSession().withId(unknown).build(), 0)))
        .isInstanceOf(Result.Unknown.class);
  }

  @Test
  void doesNotKnowAForgedTokenAndChangesNothing() {
    TokenText current = latchkey.exchanged(first.refreshTokenText()).refreshTokenText();
    Session before = stored();
    pass(Duration.ofHours(1));

    for (int generation = 0; generation < 3; generation++) {
      assertThat(latchkey.exchange(forged(generation))).isInstanceOf(Result.Unknown.class);
    }

    assertThat(stored()).isEqualTo(before);
    assertThat(latchkey.exchanged(current).outcome()).isEqualTo(Outcome.ROTATED);
  }

  /** Only who holds an authentic token learns what became of its session. */
  @Test
  void tellsAForgerNothingAboutTheSession() {
    pass(POLICY.idle());
    assertThat(latchkey.exchange(forged(0))).isInstanceOf(Result.Unknown.class);

    latchkey.logOut(first.refreshTokenText());
    assertThat(latchkey.exchange(forged(0))).isInstanceOf(Result.Unknown.class);
    assertThat(exchange(forged(0), first.accessTokenText())).isInstanceOf(Result.Unknown.class);
  }

  @Test
  void acceptsAnExpiredAccessTokenOfTheSameSession() {
    pass(Duration.ofHours(1));

    assertThat(tokens(exchange(first.refreshTokenText(), first.accessTokenText())).outcome())
        .isEqualTo(Outcome.ROTATED);
  }

  @Test
  void refusesAnAccessTokenOfAnotherSessionAndChangesNothing() {
    IssuedTokens phone = latchkey.loggedIn("ada");

    assertThat(exchange(first.refreshTokenText(), phone.accessTokenText()))
        .isInstanceOf(Result.AccessTokenMismatch.class);

    assertThat(stored()).isEqualTo(first.session());
  }

  @Test
  void refusesAnAccessTokenThatIsNotOursAndChangesNothing() {
    assertThat(exchange(first.refreshTokenText(), GARBAGE))
        .isInstanceOf(Result.AccessTokenMismatch.class);

    assertThat(stored()).isEqualTo(first.session());
  }

  @Test
  void takesNoActionOnASpentTokenThatComesWithTheWrongAccessToken() {
    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
    Session before = stored();
    pass(Duration.ofHours(1));

    assertThat(exchange(first.refreshTokenText(), GARBAGE))
        .isInstanceOf(Result.AccessTokenMismatch.class);

    assertThat(stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void refusesTheTokensOfADisabledUserAndChangesNothing(int generation) {
    User disabled = aUser().withUsername("grace").withStatus(UserStatus.DISABLED).build();
    Session session =
        aSession()
            .withUser(disabled)
            .withGeneration(1)
            .withStartedAt(latchkey.clock().instant())
            .build();
    assertThat(latchkey.stores().users().add(disabled)).isEqualTo(Addition.ADDED);
    latchkey.stores().sessions().add(session);

    assertThat(latchkey.exchange(tokenOf(session, generation))).isInstanceOf(Result.Revoked.class);

    assertThat(latchkey.stored(session.id())).isEqualTo(session);
    assertThat(latchkey.accessTokens().count())
        .as("access tokens, with that of the registration")
        .isOne();
  }

  @Test
  void refusesATokenOfAnotherClientAndChangesNothing() {
    Result result = exchange(first.refreshTokenText(), PARTNER.id());

    assertThat(result).isInstanceOf(Result.OtherClient.class);
    assertThat(stored()).isEqualTo(first.session());
    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.ExchangeOtherClient.class);
    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  /** Or else any client could end the sessions of the others with what it found in a log. */
  @Test
  void aSpentTokenInTheHandsOfAnotherClientIsNoReuse() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    pass(Duration.ofHours(1));

    assertThat(exchange(first.refreshTokenText(), PARTNER.id()))
        .isInstanceOf(Result.OtherClient.class);

    assertThat(stored()).isEqualTo(second.session());
  }

  @Test
  void issuesAnAccessTokenForTheClientOfTheSession() {
    IssuedTokens partners = latchkey.loggedIn("ada", PARTNER.id());

    IssuedTokens next = TestApplication.tokens(exchange(partners.refreshTokenText(), PARTNER.id()));

    assertThat(next.accessToken().clientId()).isEqualTo(PARTNER.id());
    assertThat(latchkey.exchange(next.refreshTokenText())).isInstanceOf(Result.OtherClient.class);
  }

  @Test
  void limitsTheAccessTokenToTheScopeThatIsAskedForAndNothingElse() {
    Session session = sessionOfAnEditor();

    IssuedTokens limited = exchanged(exchange(tokenOf(session, 0), session.clientId(), EDITOR));
    IssuedTokens unlimited = latchkey.exchanged(limited.refreshTokenText());

    assertThat(limited.accessToken().roles()).isEqualTo(EDITOR);
    assertThat(unlimited.accessToken().roles())
        .containsExactlyInAnyOrder(Role.USER, Role.of("editor"));
  }

  @Test
  void limitsNothingIfNoScopeIsAskedFor() {
    Session session = sessionOfAnEditor();

    IssuedTokens issued = exchanged(exchange(tokenOf(session, 0), session.clientId(), null));

    assertThat(issued.accessToken().roles())
        .containsExactlyInAnyOrder(Role.USER, Role.of("editor"));
  }

  @Test
  void aRetryMayAskForAnotherScope() {
    Session session = sessionOfAnEditor();
    IssuedTokens rotated = latchkey.exchanged(tokenOf(session, 0));

    IssuedTokens retried = exchanged(exchange(tokenOf(session, 0), session.clientId(), EDITOR));

    assertThat(retried.refreshTokenText()).isEqualTo(rotated.refreshTokenText());
    assertThat(retried.accessToken().roles()).isEqualTo(EDITOR);
  }

  @Test
  void refusesAScopeThatIsWiderThanTheUsersRolesAndChangesNothing() {
    Set<Role> wider = Set.of(Role.USER, Role.of("admin"));

    assertThat(exchange(first.refreshTokenText(), ClientId.FIRST_PARTY, wider))
        .isEqualTo(new ExchangeRefreshTokenForScope.ScopeTooWide());

    assertThat(stored()).isEqualTo(first.session());
    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.ExchangeScopeTooWide.class);
    assertThat(latchkey.exchanged(first.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  /** The replay is proof of theft, whatever else is wrong with the request. */
  @Test
  void aReuseIsDetectedWhateverScopeIsAskedFor() {
    IssuedTokens second = latchkey.exchanged(first.refreshTokenText());
    pass(Duration.ofHours(1));

    assertThat(exchange(first.refreshTokenText(), ClientId.FIRST_PARTY, Set.of(Role.of("admin"))))
        .isInstanceOf(Result.ReuseDetected.class);

    assertThat(latchkey.exchange(second.refreshTokenText())).isInstanceOf(Result.Revoked.class);
  }

  /** Somebody has taken all signing keys away; that is no reason to let a thief go. */
  @Test
  void aReuseIsDetectedWithoutASigningKey() {
    var _ = latchkey.exchanged(first.refreshTokenText());
    pass(Duration.ofHours(1));
    ExchangeRefreshToken exchange = withoutSigningKey();

    assertThat(
            exchange.execute(
                new ExchangeRefreshToken.Command(
                    first.refreshTokenText(),
                    ClientId.FIRST_PARTY,
                    null,
                    null,
                    null,
                    TestApplication.DEVICE)))
        .isInstanceOf(Result.ReuseDetected.class);

    assertThat(stored().isRevoked()).isTrue();
  }

  @Test
  void rotatesNothingWithoutASigningKey() {
    ExchangeRefreshToken exchange = withoutSigningKey();
    var command =
        new ExchangeRefreshToken.Command(
            first.refreshTokenText(),
            ClientId.FIRST_PARTY,
            null,
            null,
            null,
            TestApplication.DEVICE);

    assertThatIllegalStateException()
        .isThrownBy(() -> assertThat(exchange.execute(command)).isNull())
        .withMessage("there is no signing key");

    assertThat(stored()).isEqualTo(first.session());
  }

  private ExchangeRefreshToken withoutSigningKey() {
    var withoutKey =
        new SessionTokens(
            latchkey.refreshTokens(),
            latchkey.accessTokens(),
            new SigningKeyRing(
                new WatchedSigningKeys(),
                new FakeSigningKeySeal(),
                latchkey.events(),
                latchkey.clock()),
            new FakeRegisteredClients(),
            ACCESS_TOKEN_LIFETIME);
    Stores stores = latchkey.stores();
    return new ExchangeRefreshTokenService(
        stores.transactions(),
        stores.sessions(),
        latchkey.refreshTokens(),
        withoutKey,
        POLICY,
        false,
        latchkey.accountLife().mailWriter(),
        latchkey.events(),
        latchkey.clock());
  }

  @Test
  void announcesARotationAndARetryEachByItsName() {
    var _ = latchkey.exchanged(first.refreshTokenText());
    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.ExchangeRotated.class);

    var _ = latchkey.exchanged(first.refreshTokenText());
    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.ExchangeRetried.class);
  }

  @Test
  void refusesAnExchangeWithoutTheAccessTokenWhereThatMustHaveExpired() {
    assertThat(exchangeOnlyAfterExpiry(null)).isInstanceOf(Result.TooEarly.class);

    assertThat(stored()).isEqualTo(first.session());
  }

  @Test
  void refusesAnExchangeBeforeTheAccessTokenExpiresWhereItMustHaveExpired() {
    pass(ACCESS_TOKEN_LIFETIME.minusMillis(1));
    assertThat(exchangeOnlyAfterExpiry(first.accessTokenText()))
        .isInstanceOf(Result.TooEarly.class);
    assertThat(stored()).isEqualTo(first.session());

    pass(Duration.ofMillis(1));
    assertThat(tokens(exchangeOnlyAfterExpiry(first.accessTokenText())).outcome())
        .isEqualTo(Outcome.ROTATED);
  }

  private Result exchangeOnlyAfterExpiry(@Nullable TokenText accessToken) {
    Stores stores = latchkey.stores();
    var exchange =
        new ExchangeRefreshTokenService(
            stores.transactions(),
            stores.sessions(),
            latchkey.refreshTokens(),
            latchkey.sessionTokens(),
            POLICY,
            true,
            latchkey.accountLife().mailWriter(),
            latchkey.events(),
            latchkey.clock());
    return exchange.execute(
        new ExchangeRefreshToken.Command(
            first.refreshTokenText(),
            ClientId.FIRST_PARTY,
            null,
            accessToken,
            null,
            TestApplication.DEVICE));
  }

  private IssuedTokens exchangeUntilOneMinuteBeforeTheAbsoluteEnd() {
    IssuedTokens last = first;
    for (int day = 0; day < POLICY.absolute().toDays() - 1; day++) {
      pass(Duration.ofDays(1));
      last = latchkey.exchanged(last.refreshTokenText());
    }
    pass(Duration.ofDays(1).minusMinutes(1));
    return latchkey.exchanged(last.refreshTokenText());
  }

  private TokenText tokenOf(Session session, int generation) {
    var token = new RefreshToken(session.id(), new Generation(generation), session.masterKeyId());
    return latchkey.refreshTokens().derive(token, session.salt());
  }

  /**
   * Well-formed, for the session of the test, and derived by somebody who does not know its salt.
   */
  private TokenText forged(int generation) {
    var token =
        new RefreshToken(
            first.session().id(), new Generation(generation), first.session().masterKeyId());
    return latchkey.refreshTokens().derive(token, new Salt(new byte[Salt.LENGTH]));
  }

  private Result exchange(TokenText refreshToken, IdempotencyKey key) {
    return latchkey
        .exchange()
        .execute(
            new ExchangeRefreshToken.Command(
                refreshToken, ClientId.FIRST_PARTY, key, null, null, TestApplication.DEVICE));
  }

  private Result exchange(TokenText refreshToken, TokenText accessToken) {
    return latchkey
        .exchange()
        .execute(
            new ExchangeRefreshToken.Command(
                refreshToken,
                ClientId.FIRST_PARTY,
                null,
                accessToken,
                null,
                TestApplication.DEVICE));
  }

  private Result exchange(TokenText refreshToken, ClientId clientId) {
    return latchkey
        .exchange()
        .execute(
            new ExchangeRefreshToken.Command(
                refreshToken, clientId, null, null, null, TestApplication.DEVICE));
  }

  private ExchangeRefreshTokenForScope.Result exchange(
      TokenText refreshToken, ClientId clientId, @Nullable Set<Role> scope) {
    return latchkey
        .exchangeForScope()
        .execute(
            new ExchangeRefreshTokenForScope.Command(
                new ExchangeRefreshToken.Command(
                    refreshToken, clientId, null, null, null, TestApplication.DEVICE),
                scope));
  }

  private static IssuedTokens exchanged(ExchangeRefreshTokenForScope.Result result) {
    assertThat(result).isInstanceOf(Result.Exchanged.class);
    return ((Result.Exchanged) result).tokens();
  }

  private Session sessionOfAnEditor() {
    User editor = aUser().withUsername("eve").withRoles("user", "editor").build();
    Session session = aSession().withUser(editor).build();
    assertThat(latchkey.stores().users().add(editor)).isEqualTo(Addition.ADDED);
    latchkey.stores().sessions().add(session);
    return session;
  }

  private Session stored() {
    return latchkey.stored(first.session().id());
  }

  private void pass(Duration duration) {
    latchkey.clock().advance(duration);
  }
}

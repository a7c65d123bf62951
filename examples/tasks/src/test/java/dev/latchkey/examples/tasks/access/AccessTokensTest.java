package dev.latchkey.examples.tasks.access;

import static dev.latchkey.examples.tasks.access.TestIssuer.ACCESS_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of tokens as time goes by: when they expire, and when keys are read. */
final class AccessTokensTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant FAR_AWAY = START.plus(Duration.ofDays(1));

  private Instant now = START;
  private TestIssuer issuer;
  private AccessTokens accessTokens;

  @BeforeEach
  void start() throws IOException, JOSEException {
    issuer = new TestIssuer();
    accessTokens =
        new AccessTokens(
            new LatchkeyKeys(issuer.jwks().toURL(), () -> now),
            () -> now,
            TestIssuer.ISSUER,
            TestIssuer.AUDIENCE,
            "ES256");
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void aTokenIsAcceptedUntilItsExpiryAndTheLeeway() throws Exception {
    Instant expiry = START.plusSeconds(300);
    String token = issuer.token("ada", expiry);

    now = expiry.plus(AccessTokens.LEEWAY).minusSeconds(1);
    assertThat(subjectOf(token)).isEqualTo("ada");

    now = expiry.plus(AccessTokens.LEEWAY);
    assertThatExceptionOfType(ExpiredJWTException.class).isThrownBy(() -> subjectOf(token));
  }

  @Test
  void aTokenIsOnlyCalledExpiredIfNothingElseIsWrongWithIt() throws Exception {
    String forged =
        TestIssuer.sign(
            TestIssuer.newKey(issuer.key().getKeyID()),
            ACCESS_TOKEN,
            TestIssuer.claims("ada", START.minusSeconds(60)).build());

    assertThatExceptionOfType(BadJOSEException.class)
        .isThrownBy(() -> subjectOf(forged))
        .isNotInstanceOf(ExpiredJWTException.class);
  }

  @Test
  void theKeysAreReadOnceForManyTokens() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(subjectOf(issuer.token("user" + i, FAR_AWAY))).isEqualTo("user" + i);
    }

    assertThat(issuer.readings()).isEqualTo(1);
  }

  @Test
  void aKeyThatIsNewIsReadOnceAndAtOnce() throws Exception {
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");
    ECKey next = TestIssuer.newKey("next");
    issuer.publish(next);
    now = now.plusSeconds(60);

    for (int i = 0; i < 20; i++) {
      assertThat(subjectOf(signedWith(next))).isEqualTo("ada");
    }

    assertThat(issuer.readings()).isEqualTo(2);
  }

  @Test
  void keyIdsThatAreMadeUpDoNotHaveTheKeysReadAgainAndAgain() throws Exception {
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");

    for (int i = 0; i < 100; i++) {
      isRefused(signedWith(TestIssuer.newKey("made-up-" + i)));
      now = now.plus(LatchkeyKeys.INTERVAL.dividedBy(10));
    }

    assertThat(issuer.readings()).isEqualTo(10);
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");
  }

  @Test
  void whateverKeyIdsAreMadeUpANewKeyIsKnownAfterTheInterval() throws Exception {
    ECKey next = TestIssuer.newKey("next");
    isRefused(signedWith(next));
    issuer.publish(next);
    isRefused(signedWith(next));

    now = now.plus(LatchkeyKeys.INTERVAL);

    assertThat(subjectOf(signedWith(next))).isEqualTo("ada");
  }

  @Test
  void knownKeysStillCountWhileTheKeysCannotBeRead() throws Exception {
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");
    issuer.available(false);

    now = now.plus(LatchkeyKeys.OUTAGE).minusSeconds(1);

    // Nor can key ids that are made up change that.
    isRefused(signedWith(TestIssuer.newKey("made-up")));
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");
    assertThat(issuer.readings()).isEqualTo(2);
  }

  @Test
  void keysThatCouldNotBeReadForTooLongCountNoMore() throws Exception {
    assertThat(subjectOf(issuer.token("ada", FAR_AWAY))).isEqualTo("ada");
    issuer.available(false);

    now = now.plus(LatchkeyKeys.OUTAGE).plusSeconds(1);

    String token = issuer.token("ada", FAR_AWAY);
    assertThatExceptionOfType(KeySourceException.class).isThrownBy(() -> subjectOf(token));
  }

  @Test
  void withoutKeysATokenIsNeitherValidNorInvalidUntilTheyCanBeRead() throws Exception {
    issuer.available(false);
    String token = issuer.token("ada", FAR_AWAY);
    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(KeySourceException.class).isThrownBy(() -> subjectOf(token));
    }
    assertThat(issuer.readings()).isEqualTo(1);

    issuer.available(true);
    now = now.plus(LatchkeyKeys.INTERVAL);

    assertThat(subjectOf(token)).isEqualTo("ada");
  }

  @Test
  void aKeyThatIsNoLongerPublishedIsGoneWhenTheKeysHaveBeenKeptForTheirTime() throws Exception {
    ECKey next = TestIssuer.newKey("next");
    issuer.publish(next);
    assertThat(subjectOf(signedWith(next))).isEqualTo("ada");
    issuer.withdraw(next);

    now = now.plus(LatchkeyKeys.KEPT).plusSeconds(1);

    isRefused(signedWith(next));
  }

  @Test
  void aTokenOfAnotherTypeHasNoKeysRead() throws Exception {
    isRefused(
        TestIssuer.sign(
            TestIssuer.newKey("unknown"), null, TestIssuer.claims("ada", FAR_AWAY).build()));

    assertThat(issuer.readings()).isZero();
  }

  private static String signedWith(ECKey key) throws JOSEException {
    return TestIssuer.sign(key, ACCESS_TOKEN, TestIssuer.claims("ada", FAR_AWAY).build());
  }

  private void isRefused(String token) {
    assertThatExceptionOfType(BadJOSEException.class).isThrownBy(() -> subjectOf(token));
  }

  private String subjectOf(String token) throws ParseException, BadJOSEException, JOSEException {
    return accessTokens.verify(token).getSubject();
  }
}

package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What callers learn of the limits. Two wrong passwords are free, and the third is the last one
 * before the delays; the time stands still unless a test moves it. Each test has networks of its
 * own.
 */
class LimitsHttpTest extends HttpTest {

  private static final String WRONG = "wrong " + Client.PASSWORD;
  private static final String NONE = "";
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final String home = anotherNetwork();
  private final String elsewhere = anotherNetwork();
  private final String name = Client.someone();

  LimitsHttpTest() {
    super(
        Map.of(
            "latchkey.http.trusted-proxies", "1",
            "latchkey.limits.failures-per-login", "2",
            "latchkey.limits.failures-per-network", "4",
            "latchkey.limits.failures-to-close", "4",
            "latchkey.limits.registrations-per-network", "3",
            "latchkey.limits.mails-per-network", "2"));
  }

  @BeforeEach
  void stopTheClock() {
    clock.stopAt(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  }

  @AfterEach
  void letTheClockRun() {
    clock.reset();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "%s@example.org", "nobody-%s", "nobody-%s@example.org", "%s ?"})
  void whoGuessesIsToldWhenToTryAgainWhetherTheAccountExistsOrNot(String form) {
    register();
    String login = form.formatted(name);

    for (int i = 0; i < 3; i++) {
      logIn(login, WRONG, anotherNetwork()).isProblem(401, "invalid_credentials");
    }
    assertDelayed(logIn(login, WRONG, anotherNetwork()), 1);

    clock.advance(Duration.ofSeconds(1));
    logIn(login, WRONG, anotherNetwork()).isProblem(401, "invalid_credentials");
    assertDelayed(logIn(login, WRONG, anotherNetwork()), 2);
  }

  @Test
  void theRefusalIsTheSameForAnAccountAndForNone() {
    register();
    fail(name, 3);
    fail("nobody-" + name, 3);

    Answer ofAnAccount = logIn(name, WRONG, elsewhere);

    assertThat(logIn("nobody-" + name, WRONG, elsewhere).refusal())
        .isEqualTo(ofAnAccount.refusal());
    assertThat(logIn(name, Client.PASSWORD, elsewhere).refusal())
        .as("with the right password")
        .isEqualTo(ofAnAccount.refusal());
  }

  @Test
  void theTimeToWaitIsRoundedUpToWholeSeconds() {
    fail(name, 3);
    clock.advance(Duration.ofSeconds(1));
    fail(name, 1);

    clock.advance(Duration.ofMillis(999));
    assertDelayed(logIn(name, WRONG, elsewhere), 2);
    clock.advance(Duration.ofSeconds(1));
    assertDelayed(logIn(name, WRONG, elsewhere), 1);
  }

  @Test
  void afterTheTimeToWaitTheRightPasswordLogsIn() {
    register();
    fail(name, 3);
    Answer delayed = logIn(name, Client.PASSWORD, elsewhere).hasStatus(429);

    clock.advance(Duration.ofSeconds(Long.parseLong(delayed.header("Retry-After"))));

    logIn(name, Client.PASSWORD, elsewhere).hasStatus(200);
  }

  @Test
  void anAttemptDuringTheDelayDoesNotProlongIt() {
    register();
    fail(name, 3);
    for (int i = 0; i < 3; i++) {
      assertDelayed(logIn(name, WRONG, elsewhere), 1);
    }

    clock.advance(Duration.ofSeconds(1));

    logIn(name, Client.PASSWORD, elsewhere).hasStatus(200);
  }

  @Test
  void aNameIsTheSameInCapitals() {
    register();
    fail(name, 2);
    fail(name.toUpperCase(Locale.ROOT), 1);

    assertDelayed(logIn(name, WRONG, elsewhere), 1);
  }

  @Test
  void theOwnerIsNotDelayedOnAKnownNetwork() {
    register();
    fail(name, 3);

    logIn(name, WRONG, home).isProblem(401, "invalid_credentials");
    logIn(name, Client.PASSWORD, home).hasStatus(200);
    assertDelayed(logIn(name, Client.PASSWORD, elsewhere), 1);
  }

  @Test
  void anIpv6NetworkIsTheFirst64Bits() {
    String prefix = "2001:db8:0:%x".formatted(NETWORKS.incrementAndGet());
    String other = "2001:db8:0:%x".formatted(NETWORKS.incrementAndGet());
    registerFrom(prefix + "::1");
    fail(name, 3);

    logIn(name, Client.PASSWORD, prefix + ":ffff:ffff:ffff:ffff").hasStatus(200);
    assertDelayed(logIn(name, Client.PASSWORD, other + "::1"), 1);
  }

  @Test
  void theOwnerIsNotDelayedOnAKnownDeviceWhereverItIs() {
    Tokens device = register();
    fail(name, 3);

    logInOn(device.refresh(), Client.PASSWORD).hasStatus(200);
  }

  @Test
  void aSpentRefreshTokenShowsThatTheDeviceIsKnown() {
    Tokens device = register();
    String next = client.refresh(device.refresh()).hasStatus(200).refreshToken();
    client.refresh(next).hasStatus(200);
    fail(name, 3);

    logInOn(device.refresh(), Client.PASSWORD).hasStatus(200);
  }

  @Test
  void theRefreshTokenOfAnEndedSessionShowsThatTheDeviceIsKnown() {
    Tokens device = register();
    client.revoke(device.refresh()).hasStatus(204);
    fail(name, 3);

    logInOn(device.refresh(), Client.PASSWORD).hasStatus(200);
  }

  @Test
  void aForgedRefreshTokenShowsNothing() {
    Tokens device = register();
    fail(name, 3);
    String forged = device.refresh().substring(0, 70) + "AAAAAA";

    assertDelayed(logInOn(forged, Client.PASSWORD), 1);
    assertDelayed(logInOn("no token at all", Client.PASSWORD), 1);
  }

  @Test
  void aRefreshTokenOfAnotherAccountShowsNothingAndStaysValid() {
    register();
    Tokens others =
        Tokens.of(register(Client.someone(), anotherNetwork()).hasStatus(201).json().at("/tokens"));
    fail(name, 3);

    assertDelayed(logInOn(others.refresh(), Client.PASSWORD), 1);
    clock.advance(Duration.ofSeconds(1));
    logInOn(others.refresh(), Client.PASSWORD).hasStatus(200);

    client.refresh(others.refresh()).hasStatus(200);
  }

  /** ASVS 5.0, 7.2.4. */
  @Test
  void aLogInEndsTheSessionThatTheDeviceHadBefore() {
    Tokens before = register();

    Tokens after = Tokens.of(logInOn(before.refresh(), Client.PASSWORD).hasStatus(200).json());

    client.refresh(before.refresh()).isProblem(401, "session_revoked");
    client.me(before.access()).hasStatus(401);
    client.me(after.access()).hasStatus(200);
    client.refresh(after.refresh()).hasStatus(200);
  }

  @Test
  void aRefusedLogInEndsNoSession() {
    Tokens device = register();
    logInOn(device.refresh(), WRONG).isProblem(401, "invalid_credentials");
    logInOn(device.refresh(), WRONG).isProblem(401, "invalid_credentials");
    logInOn(device.refresh(), WRONG).isProblem(401, "invalid_credentials");
    assertDelayed(logInOn(device.refresh(), WRONG), 1);

    client.me(device.access()).hasStatus(200);
    client.refresh(device.refresh()).hasStatus(200);
  }

  @Test
  void anExchangeGoesOnWhileTheLogInIsDelayed() {
    Tokens device = register();
    fail(name, 3);
    for (int i = 0; i < 3; i++) {
      logIn(name, WRONG, home).isProblem(401, "invalid_credentials");
    }
    for (int i = 0; i < 5; i++) {
      logIn(Client.someone(), WRONG, home).isProblem(401, "invalid_credentials");
    }
    assertDelayed(logIn(name, Client.PASSWORD, home), 1);
    assertDelayed(logIn(Client.someone(), WRONG, home), 1);

    Answer exchanged =
        client
            .post(
                "/api/auth/refresh",
                Map.of("refreshToken", device.refresh()),
                "X-Forwarded-For",
                home)
            .hasStatus(200);

    assertThat(exchanged.text("/outcome")).isEqualTo("rotated");
    client.me(exchanged.accessToken()).hasStatus(200);
  }

  @Test
  void whoGuessesAtManyAccountsIsDelayedByNetwork() {
    register();
    for (int i = 0; i < 5; i++) {
      logIn(Client.someone(), WRONG, elsewhere).isProblem(401, "invalid_credentials");
    }

    assertDelayed(logIn(Client.someone(), WRONG, elsewhere), 1);
    assertDelayed(logIn(name, Client.PASSWORD, elsewhere), 1);
    logIn(name, Client.PASSWORD, anotherNetwork()).hasStatus(200);
  }

  @Test
  void anAccountThatKnowsTheNetworkIsNotDelayedByGuessesAtOthersThere() {
    register();
    for (int i = 0; i < 5; i++) {
      logIn(Client.someone(), WRONG, home).isProblem(401, "invalid_credentials");
    }
    assertDelayed(logIn(Client.someone(), WRONG, home), 1);

    logIn(name, Client.PASSWORD, home).hasStatus(200);
  }

  @Test
  void guessesFromOneIpv6NetworkAreCountedTogether() {
    String prefix = "2001:db8:0:%x".formatted(NETWORKS.incrementAndGet());
    String other = "2001:db8:0:%x".formatted(NETWORKS.incrementAndGet());
    for (int i = 0; i < 5; i++) {
      logIn(Client.someone(), WRONG, prefix + "::" + i).isProblem(401, "invalid_credentials");
    }

    assertDelayed(logIn(Client.someone(), WRONG, prefix + ":1:2:3:4"), 1);
    logIn(Client.someone(), WRONG, other + "::1").isProblem(401, "invalid_credentials");
  }

  @Test
  void aClosedAccountKnowsItsDevicesAndNetworksAndNobodyElse() {
    Tokens device = register();
    fail(name, 3);
    clock.advance(Duration.ofSeconds(1));
    fail(name, 1);
    clock.advance(Duration.ofDays(1));

    logIn(name, Client.PASSWORD, anotherNetwork()).isProblem(401, "invalid_credentials");
    logIn(name + "@example.org", Client.PASSWORD, anotherNetwork())
        .isProblem(401, "invalid_credentials");
    logIn(name, Client.PASSWORD, home).hasStatus(200);
    logInOn(device.refresh(), Client.PASSWORD).hasStatus(200);
  }

  @Test
  void registrationsAreLimitedByNetworkWhateverBecomesOfThem() {
    String taken = name;
    register();
    register(Client.someone(), elsewhere).hasStatus(201);
    register(taken, elsewhere).isProblem(409, "username_taken");
    register(taken, elsewhere).isProblem(409, "username_taken");
    register(Client.someone(), elsewhere).hasStatus(201);

    assertDelayed(register(Client.someone(), elsewhere), 1);
    assertDelayed(register(taken, elsewhere), 1);
    register(Client.someone(), anotherNetwork()).hasStatus(201);

    clock.advance(Duration.ofSeconds(1));
    register(Client.someone(), elsewhere).hasStatus(201);
  }

  @Test
  void registrationsAndLogInsShareNoLimit() {
    for (int i = 0; i < 5; i++) {
      logIn(Client.someone(), WRONG, elsewhere).isProblem(401, "invalid_credentials");
    }
    for (int i = 0; i < 4; i++) {
      register(Client.someone(), elsewhere).hasStatus(201);
    }
    assertDelayed(register(Client.someone(), elsewhere), 1);

    clock.advance(Duration.ofSeconds(1));
    logIn(Client.someone(), WRONG, elsewhere).isProblem(401, "invalid_credentials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"password-reset", "email-verification"})
  void whoAsksForCodesTooOftenIsToldWhenToTryAgain(String code) {
    var request = Map.of("email", name + "@example.org");
    String path = "/api/accounts/" + code;
    for (int i = 0; i < 3; i++) {
      client.post(path, request, "X-Forwarded-For", home).hasStatus(202);
    }

    assertDelayed(client.post(path, request, "X-Forwarded-For", home), 1);
    client.post(path, request, "X-Forwarded-For", elsewhere).hasStatus(202);
  }

  @Test
  void whoGuessesCodesIsToldWhenToTryAgain() {
    for (int i = 0; i < 4; i++) {
      verify("no code").isProblem(400, "invalid_code");
    }
    resetBy("no code").isProblem(400, "invalid_code");

    assertDelayed(verify("no code"), 1);
    assertDelayed(resetBy("no code"), 1);
  }

  private Answer verify(String code) {
    return client.put(
        "/api/accounts/email-verification", Map.of("code", code), "X-Forwarded-For", home);
  }

  private Answer resetBy(String code) {
    return client.put(
        "/api/accounts/password-reset",
        Map.of("code", code, "newPassword", "seven loud geese at dawn"),
        "X-Forwarded-For",
        home);
  }

  @Test
  void whoGuessesWithinASessionIsToldWhenToTryAgain() {
    String[] ada = {"Authorization", "Bearer " + register().access()};
    var password = Map.of("currentPassword", WRONG, "newPassword", "seven loud geese at dawn");
    var email = Map.of("email", "new-" + name + "@example.org", "password", WRONG);
    var deletion = Map.of("password", WRONG);
    client.put("/api/accounts/me/password", password, ada).isProblem(403, "wrong_password");
    client.put("/api/accounts/me/email", email, ada).isProblem(403, "wrong_password");
    client.json("DELETE", "/api/accounts/me", deletion, ada).isProblem(403, "wrong_password");

    assertDelayed(client.put("/api/accounts/me/password", password, ada), 1);
    assertDelayed(client.put("/api/accounts/me/email", email, ada), 1);
    assertDelayed(client.json("DELETE", "/api/accounts/me", deletion, ada), 1);
  }

  private Tokens register() {
    return registerFrom(home);
  }

  private Tokens registerFrom(String network) {
    return Tokens.of(register(name, network).hasStatus(201).json().at("/tokens"));
  }

  private Answer register(String username, String network) {
    return client.post(
        "/api/accounts",
        Map.of(
            "username", username, "email", username + "@example.org", "password", Client.PASSWORD),
        "X-Forwarded-For",
        network);
  }

  /** Each from a network of its own. */
  private void fail(String login, int times) {
    for (int i = 0; i < times; i++) {
      logIn(login, WRONG, anotherNetwork()).isProblem(401, "invalid_credentials");
    }
  }

  private Answer logIn(String login, String password, String network) {
    return logIn(login, password, NONE, network);
  }

  private Answer logInOn(String refreshToken, String password) {
    return logIn(name, password, refreshToken, elsewhere);
  }

  private Answer logIn(String login, String password, String refreshToken, String network) {
    return client.post(
        "/api/auth/login",
        Map.of("username", login, "password", password, "refreshToken", refreshToken),
        "X-Forwarded-For",
        network);
  }

  private static void assertDelayed(Answer answer, int seconds) {
    answer.isProblem(429, "too_many_attempts");
    assertThat(answer.header("Retry-After")).isEqualTo(Integer.toString(seconds));
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  private static String anotherNetwork() {
    int number = NETWORKS.incrementAndGet();
    return "10.%d.%d.%d".formatted(number >> 16, number >> 8 & 255, number & 255);
  }
}

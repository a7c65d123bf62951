package dev.latchkey.application.service.attempt;

import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.Login.Result;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What guessing passwords comes to: for whoever guesses, and for the owner. */
final class GuessingTest {

  /** Where ada registered. */
  private static final String HOME = "192.0.2.1";

  private static final String ELSEWHERE = "198.51.100.1";

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private IssuedTokens ada;

  @BeforeEach
  void register() {
    ada = latchkey.registered("ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ada", "ada@example.org", "nobody", "nobody@example.org", "no login at all"})
  void delaysDoubleAfterFiveWrongPasswordsWhetherTheAccountExistsOrNot(String login) {
    assertThat(guess(login, 6)).hasOnlyElementsOfType(Result.InvalidCredentials.class);

    for (int seconds = 1; seconds < 900; seconds *= 2) {
      assertDelayed(logIn(login, "wrong", null, stranger(0)), Duration.ofSeconds(seconds));
      latchkey.clock().advance(Duration.ofSeconds(seconds));
      assertThat(logIn(login, "wrong", null, stranger(0)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
    assertDelayed(logIn(login, "wrong", null, stranger(0)), Duration.ofMinutes(15));
  }

  @Test
  void guessesFromManyNetworksAreCountedTogether() {
    for (int i = 0; i < 6; i++) {
      assertThat(logIn("ada", "wrong", null, stranger(i)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }

    assertDelayed(logIn("ada", "wrong", null, stranger(6)), Duration.ofSeconds(1));
  }

  @Test
  void theRightPasswordIsDelayedLikeAWrongOne() {
    guess("ada", 6);

    assertDelayed(logIn("ada", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));
    latchkey.clock().advance(Duration.ofSeconds(1));
    assertThat(logIn("ada", PASSWORD, null, stranger(0))).isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void aDelayedGuessIsNotCompared() {
    guess("ada", 6);
    int comparisons = latchkey.hasher().comparisons().size();

    assertDelayed(logIn("ada", "wrong", null, stranger(0)), Duration.ofSeconds(1));

    assertThat(latchkey.hasher().comparisons()).hasSize(comparisons);
    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.LoginDelayed(
                Optional.of(ada.session().userId()), stranger(0), latchkey.clock().instant()));
  }

  @Test
  void oneNameOfAnAccountIsNotDelayedByTheOther() {
    guess("ada", 6);

    assertThat(logIn("ada@example.org", "wrong", null, stranger(0)))
        .as("otherwise anybody could find out which address belongs to which name")
        .isInstanceOf(Result.InvalidCredentials.class);
  }

  @Test
  void aRightPasswordForgetsTheWrongOnes() {
    guess("ada", 5);
    assertThat(logIn("ada", PASSWORD, null, stranger(0))).isInstanceOf(Result.LoggedIn.class);

    assertThat(guess("ada", 6)).hasOnlyElementsOfType(Result.InvalidCredentials.class);
  }

  @Test
  void nothingIsCountedWhereNothingIsWrong() {
    logIn("ada", PASSWORD, null, stranger(0));
    logIn("ada", PASSWORD, ada.refreshTokenText(), HOME_DEVICE);

    assertThat(
            latchkey
                .stores()
                .attemptCounts()
                .find(
                    List.of(
                        AttemptKey.account(ada.session().userId()),
                        AttemptKey.device(ada.session().id()),
                        AttemptKey.network(stranger(0).network()))))
        .isEmpty();
  }

  private static final Device HOME_DEVICE = new Device(HOME, "Laptop");

  @Test
  void theOwnerIsNotDelayedOnAKnownNetwork() {
    guess("ada", 6);

    assertThat(logIn("ada", PASSWORD, null, HOME_DEVICE)).isInstanceOf(Result.LoggedIn.class);
    assertDelayed(logIn("ada", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));
  }

  @Test
  void theOwnerIsNotDelayedOnAKnownDeviceAnywhere() {
    guess("ada", 6);

    assertThat(logIn("ada", PASSWORD, ada.refreshTokenText(), stranger(0)))
        .isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void aSpentOrEndedTokenShowsThatTheDeviceIsKnown() {
    IssuedTokens rotated = latchkey.exchanged(ada.refreshTokenText());
    latchkey.logOut(rotated.refreshTokenText());
    latchkey.clock().advance(Duration.ofDays(40));
    guess("ada", 6);

    assertThat(logIn("ada", PASSWORD, ada.refreshTokenText(), stranger(0)))
        .isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void aTokenOfAnotherAccountShowsNothing() {
    IssuedTokens grace = latchkey.registered("grace");
    guess("ada", 6);

    assertDelayed(
        logIn("ada", PASSWORD, grace.refreshTokenText(), stranger(0)), Duration.ofSeconds(1));
    assertThat(latchkey.stored(grace.session().id()).isRevoked()).isFalse();
  }

  @Test
  void aForgedTokenShowsNothing() {
    guess("ada", 6);

    assertDelayed(
        logIn("ada", PASSWORD, new TokenText("lkr_forged"), stranger(0)), Duration.ofSeconds(1));
  }

  @Test
  void aNetworkIsKnownFor30Days() {
    latchkey.clock().advance(Duration.ofDays(30));
    guess("ada", 6);
    assertThat(logIn("ada", "wrong", null, HOME_DEVICE))
        .isInstanceOf(Result.InvalidCredentials.class);

    latchkey.clock().advance(Duration.ofMillis(1));
    guess("ada", 1);

    assertThat(logIn("ada", "wrong", null, HOME_DEVICE)).isInstanceOf(Result.TooManyAttempts.class);
  }

  @Test
  void aKnownNetworkAndAKnownDeviceHaveDelaysOfTheirOwn() {
    for (int i = 0; i < 6; i++) {
      assertThat(logIn("ada", "wrong", null, HOME_DEVICE))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
    assertDelayed(logIn("ada", PASSWORD, null, HOME_DEVICE), Duration.ofSeconds(1));

    for (int i = 0; i < 6; i++) {
      assertThat(logIn("ada", "wrong", ada.refreshTokenText(), HOME_DEVICE))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
    assertDelayed(
        logIn("ada", PASSWORD, ada.refreshTokenText(), HOME_DEVICE), Duration.ofSeconds(1));

    assertThat(guess("ada", 6)).hasOnlyElementsOfType(Result.InvalidCredentials.class);
  }

  @Test
  void hundredFailuresCloseTheAccountToUnknownDevices() {
    failFromElsewhere("ada", 99);
    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.LoginRefused.class);
    failFromElsewhere("ada", 1);
    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.AccountClosed(
                ada.session().userId(), stranger(0), latchkey.clock().instant()));

    latchkey.clock().advance(Duration.ofDays(20));

    assertThat(logIn("ada", PASSWORD, null, stranger(0)))
        .isInstanceOf(Result.InvalidCredentials.class);
    assertThat(logIn("ada@example.org", PASSWORD, null, stranger(1)))
        .isInstanceOf(Result.InvalidCredentials.class);
    assertThat(logIn("ada", PASSWORD, ada.refreshTokenText(), stranger(0)))
        .isInstanceOf(Result.LoggedIn.class);
    assertThat(logIn("ada", PASSWORD, null, HOME_DEVICE)).isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void bothNamesCountTowardsClosing() {
    failFromElsewhere("ada", 60);
    failFromElsewhere("ada@example.org", 40);

    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.AccountClosed.class);
  }

  @Test
  void aSuccessFromElsewhereStartsTheCountAnew() {
    failFromElsewhere("ada", 99);
    latchkey.clock().advance(Duration.ofMinutes(15));
    assertThat(logIn("ada", PASSWORD, null, stranger(0))).isInstanceOf(Result.LoggedIn.class);

    failFromElsewhere("ada", 99);
    latchkey.clock().advance(Duration.ofMinutes(15));

    assertThat(logIn("ada", PASSWORD, null, stranger(1))).isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void aSuccessOnAKnownDeviceDoesNotHelpStrangers() {
    failFromElsewhere("ada", 99);
    logIn("ada", PASSWORD, null, HOME_DEVICE);
    failFromElsewhere("ada", 1);

    assertThat(latchkey.events().last()).isInstanceOf(SecurityEvent.AccountClosed.class);
  }

  @Test
  void aKnownDeviceThatFailsAHundredTimesIsKnownNoMore() {
    for (int i = 0; i < 100; i++) {
      latchkey.clock().advance(Duration.ofMinutes(15));
      assertThat(logIn("ada", "wrong", ada.refreshTokenText(), stranger(0)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
    guess("ada", 6);

    assertThat(logIn("ada", PASSWORD, ada.refreshTokenText(), stranger(0)))
        .isInstanceOf(Result.TooManyAttempts.class);
  }

  @Test
  void anAccountIsOpenedAgain() {
    failFromElsewhere("ada", 100);
    User user = user();
    assertThat(latchkey.passwordGate().failuresOf(user)).isEqualTo(100);

    latchkey.passwordGate().reopen(user);

    assertThat(latchkey.passwordGate().failuresOf(user)).isZero();
    assertThat(logIn("ada", PASSWORD, null, stranger(0))).isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void guessesAtManyAccountsAreCountedByNetwork() {
    for (int i = 0; i < 51; i++) {
      assertThat(logIn("user" + i, "wrong", null, stranger(0)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }

    assertDelayed(logIn("ada", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));
    assertThat(logIn("ada", PASSWORD, null, stranger(1))).isInstanceOf(Result.LoggedIn.class);
  }

  @Test
  void whoGuessesCannotClearTheirNetworkByLoggingInToTheirOwnAccount() {
    latchkey.registered("mallory");
    for (int i = 0; i < 50; i++) {
      logIn("user" + i, "wrong", null, stranger(0));
    }
    assertThat(logIn("mallory", PASSWORD, null, stranger(0))).isInstanceOf(Result.LoggedIn.class);
    logIn("user50", "wrong", null, stranger(0));

    assertDelayed(logIn("ada", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));
  }

  @Test
  void ofManyGuessesAtOnceThoseBeyondTheLimitLearnNothing() {
    guess("ada", 5);
    // While this one is compared, another is counted, so that the next has to wait.
    latchkey.hasher().whileComparing(() -> guess("ada", 1));

    assertDelayed(logIn("ada", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));

    latchkey.clock().advance(Duration.ofSeconds(1));
    latchkey.hasher().whileComparing(() -> guess("ada", 1));
    assertDelayed(logIn("ada", "wrong", null, stranger(0)), Duration.ofSeconds(2));
  }

  @Test
  void aDisabledAccountCountsLikeAWrongPassword() {
    User disabled =
        aUser()
            .withUsername("disabled")
            .withEmail("disabled@example.org")
            .withPasswordHash(latchkey.hasher().hash(PASSWORD))
            .withStatus(UserStatus.DISABLED)
            .build();
    var _ = latchkey.stores().users().add(disabled);

    for (int i = 0; i < 6; i++) {
      assertThat(logIn("disabled", PASSWORD, null, stranger(0)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
    assertDelayed(logIn("disabled", PASSWORD, null, stranger(0)), Duration.ofSeconds(1));
  }

  @Test
  void anExchangeSharesNoLimitWithALogIn() {
    guess("ada", 6);
    for (int i = 0; i < 60; i++) {
      logIn("user" + i, "wrong", null, HOME_DEVICE);
    }

    assertThat(latchkey.exchange(ada.refreshTokenText()))
        .isInstanceOf(ExchangeRefreshToken.Result.Exchanged.class);
  }

  @Test
  void aNewLogInEndsTheSessionThatTheDeviceHad() {
    assertThat(logIn("ada", PASSWORD, ada.refreshTokenText(), HOME_DEVICE))
        .isInstanceOf(Result.LoggedIn.class);

    assertThat(latchkey.stored(ada.session().id()).revocation())
        .isEqualTo(new Revocation(latchkey.clock().instant(), Revocation.Reason.REPLACED));
    assertThat(latchkey.events().all())
        .hasAtLeastOneElementOfType(SecurityEvent.SessionReplaced.class);
  }

  @Test
  void aRefusedLogInEndsNoSession() {
    logIn("ada", "wrong", ada.refreshTokenText(), HOME_DEVICE);

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  @Test
  void aLogInByAnotherClientLeavesTheSessionOfTheFirst() {
    var _ =
        latchkey
            .login()
            .execute(
                new Login.Command(
                    "ada",
                    Password.of(PASSWORD),
                    ada.refreshTokenText(),
                    ClientId.of("another"),
                    null,
                    HOME_DEVICE));

    assertThat(latchkey.stored(ada.session().id()).isRevoked()).isFalse();
  }

  private User user() {
    return latchkey.stores().users().findByUsername(Username.of("ada")).orElseThrow();
  }

  /** All from one unknown network. */
  private List<Result> guess(String login, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> logIn(login, "wrong", null, stranger(0)))
        .toList();
  }

  /** As slowly as it must be. */
  private void failFromElsewhere(String login, int times) {
    for (int i = 0; i < times; i++) {
      latchkey.clock().advance(Duration.ofMinutes(15));
      assertThat(logIn(login, "wrong", null, stranger(0)))
          .isInstanceOf(Result.InvalidCredentials.class);
    }
  }

  private static void assertDelayed(Result result, Duration delay) {
    assertThat(result).isEqualTo(new Result.TooManyAttempts(delay));
  }

  /** Each in a network of its own. */
  private static Device stranger(int number) {
    return new Device(number == 0 ? ELSEWHERE : "203.0.113." + number, "Script");
  }

  private Result logIn(String login, String password, @Nullable TokenText earlier, Device device) {
    return latchkey
        .login()
        .execute(
            new Login.Command(
                login, Password.of(password), earlier, ClientId.FIRST_PARTY, null, device));
  }
}

package dev.latchkey.application.service.session;

import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.Login.Result;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.UserStatus;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginServiceTest {

  private static final Device DEVICE = new Device("192.0.2.2", "Phone");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private IssuedTokens registered;

  @BeforeEach
  void register() {
    registered = latchkey.registered("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "ADA", "ada@example.org", "Ada@EXAMPLE.org"})
  void logsInByUsernameOrEmailInAnyCase(String login) {
    assertThat(loggedIn(logIn(login, PASSWORD)).session().userId())
        .isEqualTo(registered.session().userId());
  }

  @Test
  void startsASessionOfItsOwn() {
    latchkey.clock().advance(Duration.ofHours(1));
    Instant now = latchkey.clock().instant();

    Session session = loggedIn(logIn("ada", PASSWORD)).session();

    assertThat(session.id()).isNotEqualTo(registered.session().id());
    assertThat(session.salt()).isNotEqualTo(registered.session().salt());
    assertThat(session.generation()).isEqualTo(Generation.FIRST);
    assertThat(session.device()).isEqualTo(DEVICE);
    assertThat(session.startedAt()).isEqualTo(now);
    assertThat(session.idleExpiresAt()).isEqualTo(now.plus(POLICY.idle()));
    assertThat(session.absoluteExpiresAt()).isEqualTo(now.plus(POLICY.absolute()));
    assertThat(latchkey.stored(session.id())).isEqualTo(session);
    assertThat(latchkey.stored(registered.session().id())).isEqualTo(registered.session());
  }

  @Test
  void issuesTheFirstTokensOfTheSession() {
    IssuedTokens tokens = loggedIn(logIn("ada", PASSWORD));

    assertThat(tokens.outcome()).isEqualTo(Outcome.ISSUED);
    assertThat(tokens.accessToken().sessionId()).isEqualTo(tokens.session().id());
    assertThat(latchkey.accessTokens().read(tokens.accessTokenText()))
        .contains(tokens.accessToken());
    assertThat(latchkey.exchanged(tokens.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void acceptsAPasswordHoweverOldItIs() {
    latchkey.clock().advance(Duration.ofDays(3650));

    assertThat(loggedIn(logIn("ada", PASSWORD)).session().userId())
        .isEqualTo(registered.session().userId());
  }

  @Test
  void refusesAnotherPassword() {
    assertRefused(logIn("ada", PASSWORD + "!"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grace",
        "grace@example.org",
        "",
        " ",
        "a",
        "@",
        "ada ",
        "ad\u0131",
        "\0",
        "\ud800",
        "' or '1'='1"
      })
  void comparesAPasswordEvenIfTheLoginNamesNobody(String login) {
    assertRefused(logIn(login, PASSWORD));

    assertThat(latchkey.hasher().comparisons()).hasSize(1);
  }

  @Test
  void comparesAPasswordEvenIfTheLoginIsHuge() {
    assertRefused(logIn("a".repeat(1_000_000), PASSWORD));

    assertThat(latchkey.hasher().comparisons()).hasSize(1);
  }

  @Test
  void comparesOnceIfTheLoginNamesSomebody() {
    assertRefused(logIn("ada", "wrong"));

    assertThat(latchkey.hasher().comparisons()).hasSize(1);
  }

  @Test
  void refusesADisabledUserAsIfThePasswordWereWrong() {
    assertThat(
            latchkey
                .stores()
                .users()
                .add(
                    aUser()
                        .withUsername("grace")
                        .withStatus(UserStatus.DISABLED)
                        .withPasswordHash(latchkey.hasher().hash(PASSWORD))
                        .build()))
        .isEqualTo(Addition.ADDED);

    assertThat(logIn("grace", PASSWORD)).isEqualTo(logIn("grace", "wrong"));
    assertRefused(logIn("grace", PASSWORD));
  }

  @Test
  void refusesIfTooManyPasswordsAreBeingHashed() {
    latchkey.hasher().overload();

    assertThat(logIn("ada", PASSWORD)).isInstanceOf(Result.Overloaded.class);
    assertThat(logIn("nobody", PASSWORD)).isInstanceOf(Result.Overloaded.class);
    assertNoMoreTokens();
  }

  /** A refusal must be cheap, or those who are refused keep the service busy. */
  @Test
  void readsNothingIfTooManyPasswordsAreBeingHashed() {
    Stores stores = latchkey.stores();
    TestApplication full = TestApplication.on(stores.with(new NoTransactions()));
    full.hasher().overload();

    assertThat(logIn(full, "ada", PASSWORD)).isInstanceOf(Result.Overloaded.class);
  }

  @Test
  void replacesAHashOfAnotherCost() {
    latchkey.hasher().changeCost("2");

    assertThat(logIn("ada", PASSWORD)).isInstanceOf(Result.LoggedIn.class);

    PasswordHash renewed = storedHash("ada");
    assertThat(renewed.cost()).isEqualTo("$fake$c=2");
    assertThat(logIn("ada", PASSWORD)).isInstanceOf(Result.LoggedIn.class);
    assertThat(storedHash("ada")).isEqualTo(renewed);
  }

  @Test
  void keepsAHashThatThePasswordDoesNotMatch() {
    PasswordHash before = storedHash("ada");
    latchkey.hasher().changeCost("2");

    assertRefused(logIn("ada", "wrong"));

    assertThat(storedHash("ada")).isEqualTo(before);
  }

  @Test
  void comparesAtTheCostsThatAreInUseWhoeverIsNamed() {
    latchkey.hasher().changeCost("2");
    latchkey.registered("grace");

    logIn("ada", "wrong");
    logIn("nobody", "wrong");

    assertThat(latchkey.hasher().comparisons())
        .hasSize(2)
        .allSatisfy(
            inUse ->
                assertThat(inUse)
                    .extracting(PasswordHash::cost)
                    .containsExactlyInAnyOrder("$fake$c=1", "$fake$c=2"));
  }

  @Test
  void issuesTokensWithTheRolesThatTheUserHasAfterTheComparison() {
    Users users = latchkey.stores().users();
    latchkey
        .hasher()
        .whileComparing(() -> users.changeRoles(registered.session().userId(), Set.of()));

    assertThat(loggedIn(logIn("ada", PASSWORD)).accessToken().roles()).isEmpty();
  }

  @Test
  void refusesAUserWhoGotAnotherPasswordDuringTheComparison() {
    Users users = latchkey.stores().users();
    PasswordHash another = latchkey.hasher().hash("another");
    latchkey
        .hasher()
        .whileComparing(
            () ->
                users.replacePasswordHash(
                    registered.session().userId(), storedHash("ada"), another));

    assertRefused(logIn("ada", PASSWORD));
  }

  @Test
  void announcesTheLogIn() {
    Session session = loggedIn(logIn("ada", PASSWORD)).session();

    assertThat(latchkey.events().last())
        .isEqualTo(
            new SecurityEvent.LoggedIn(
                SecurityEvent.Concerned.of(session, DEVICE, latchkey.clock().instant())));
  }

  @Test
  void namesTheAccountThatARefusedLoginWasTriedOn() {
    logIn("ada@example.org", "wrong");
    assertThat(latchkey.events().last())
        .isEqualTo(refusal(Optional.of(registered.session().userId())));

    logIn("nobody", "wrong");
    assertThat(latchkey.events().last()).isEqualTo(refusal(Optional.empty()));
  }

  private SecurityEvent refusal(Optional<UserId> tried) {
    return new SecurityEvent.LoginRefused(tried, DEVICE, latchkey.clock().instant());
  }

  private PasswordHash storedHash(String username) {
    return latchkey
        .stores()
        .users()
        .findByUsername(Username.of(username))
        .orElseThrow()
        .passwordHash();
  }

  private void assertRefused(Result result) {
    assertThat(result).isInstanceOf(Result.InvalidCredentials.class);
    assertNoMoreTokens();
  }

  private void assertNoMoreTokens() {
    assertThat(latchkey.accessTokens().count())
        .as("access tokens, with that of the registration")
        .isOne();
  }

  private Result logIn(String login, String password) {
    return logIn(latchkey, login, password);
  }

  private static Result logIn(TestApplication latchkey, String login, String password) {
    return latchkey
        .login()
        .execute(
            new Login.Command(
                login, Password.of(password), null, ClientId.FIRST_PARTY, null, DEVICE));
  }

  private static IssuedTokens loggedIn(Result result) {
    assertThat(result).isInstanceOf(Result.LoggedIn.class);
    return ((Result.LoggedIn) result).tokens();
  }

  private static final class NoTransactions implements Transactions {

    @Override
    public <T> T execute(Supplier<T> work) {
      throw new AssertionError("something was read or written");
    }
  }
}

package dev.latchkey.application.service.account;

import static dev.latchkey.testkit.TestApplication.ACCESS_TOKEN_LIFETIME;
import static dev.latchkey.testkit.TestApplication.PASSWORD;
import static dev.latchkey.testkit.TestApplication.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.account.Register;
import dev.latchkey.application.port.in.account.Register.Result;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.IssuedTokens.Outcome;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.PersonName;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.FakeBreachedPasswords;
import dev.latchkey.testkit.FakeCommonPasswords;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegisterServiceTest {

  private static final Device DEVICE = new Device("192.0.2.1", "Laptop");

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final Instant now = latchkey.clock().instant();

  @Test
  void opensAnActiveAccountWithTheRoleOfEverybody() {
    var command =
        new Register.Command(
            Username.of("Ada"),
            EmailAddress.of("Ada@example.org"),
            NewPassword.of(PASSWORD),
            PersonName.of("Ada"),
            PersonName.of("Lovelace"),
            ClientId.FIRST_PARTY,
            null,
            DEVICE);

    User user = registered(latchkey.register().execute(command)).user();

    assertThat(user.username()).hasToString("Ada");
    assertThat(user.email()).hasToString("Ada@example.org");
    assertThat(user.firstName()).hasToString("Ada");
    assertThat(user.lastName()).hasToString("Lovelace");
    assertThat(user.roles()).containsExactly(Role.USER);
    assertThat(user.isActive()).isTrue();
    assertThat(user.createdAt()).isEqualTo(now);
    assertThat(latchkey.stores().users().find(user.id())).contains(user);
  }

  @Test
  void keepsOnlyTheHashOfThePassword() {
    User user = registered(register("ada", "ada@example.org", PASSWORD)).user();

    assertThat(user.passwordHash().text()).doesNotContain(PASSWORD);
    assertThat(latchkey.loggedIn("ada").session().userId()).isEqualTo(user.id());
  }

  @Test
  void startsTheFirstSession() {
    Result.Registered registered = registered(register("ada", "ada@example.org", PASSWORD));

    Session session = registered.tokens().session();
    assertThat(session.userId()).isEqualTo(registered.user().id());
    assertThat(session.generation()).isEqualTo(Generation.FIRST);
    assertThat(session.device()).isEqualTo(DEVICE);
    assertThat(session.startedAt()).isEqualTo(now);
    assertThat(session.idleExpiresAt()).isEqualTo(now.plus(POLICY.idle()));
    assertThat(session.absoluteExpiresAt()).isEqualTo(now.plus(POLICY.absolute()));
    assertThat(latchkey.stored(session.id())).isEqualTo(session);
  }

  @Test
  void issuesTheFirstTokens() {
    Result.Registered registered = registered(register("ada", "ada@example.org", PASSWORD));

    IssuedTokens tokens = registered.tokens();
    assertThat(tokens.outcome()).isEqualTo(Outcome.ISSUED);
    assertThat(tokens.accessToken())
        .isEqualTo(
            new AccessToken(
                registered.user().id(),
                tokens.session().id(),
                ClientId.FIRST_PARTY,
                registered.user().username(),
                registered.user().roles(),
                now,
                now,
                now.plus(ACCESS_TOKEN_LIFETIME),
                null));
    assertThat(latchkey.accessTokens().read(tokens.accessTokenText()))
        .contains(tokens.accessToken());
    assertThat(latchkey.refreshTokens().parse(tokens.refreshTokenText()))
        .contains(tokens.session().currentToken());
    assertThat(latchkey.exchanged(tokens.refreshTokenText()).outcome()).isEqualTo(Outcome.ROTATED);
  }

  @Test
  void announcesTheRegistrationAndNoneThatIsRefused() {
    Session session = registered(register("ada", "ada@example.org", PASSWORD)).tokens().session();
    assertThat(register("ada", "other@example.org", PASSWORD))
        .isInstanceOf(Result.UsernameTaken.class);

    assertThat(latchkey.events().all())
        .containsExactly(
            new SecurityEvent.Registered(SecurityEvent.Concerned.of(session, DEVICE, now)));
  }

  @Test
  void refusesATakenUsername() {
    IssuedTokens ada = latchkey.registered("ada");

    assertThat(register("ADA", "other@example.org", PASSWORD))
        .isInstanceOf(Result.UsernameTaken.class);

    assertNothingIsStoredOf("other@example.org");
    assertThat(latchkey.stores().users().findByUsername(Username.of("ada")).map(User::id))
        .contains(ada.session().userId());
  }

  @Test
  void refusesATakenEmail() {
    IssuedTokens ada = latchkey.registered("ada");

    assertThat(register("other", "ADA@example.org", PASSWORD))
        .isInstanceOf(Result.EmailTaken.class);

    assertThat(latchkey.stores().users().findByUsername(Username.of("other"))).isEmpty();
    assertThat(
            latchkey.stores().users().findByEmail(EmailAddress.of("ada@example.org")).map(User::id))
        .contains(ada.session().userId());
    assertThat(latchkey.accessTokens().count()).isOne();
  }

  @Test
  void refusesACommonPassword() {
    assertThat(register("ada", "ada@example.org", FakeCommonPasswords.COMMON))
        .isInstanceOf(Result.PasswordTooCommon.class);

    assertNothingIsStoredOf("ada@example.org");
  }

  @Test
  void refusesALeakedPassword() {
    assertThat(register("ada", "ada@example.org", FakeBreachedPasswords.BREACHED))
        .isInstanceOf(Result.PasswordBreached.class);

    assertNothingIsStoredOf("ada@example.org");
  }

  @Test
  void refusesAPasswordThatIsLittleMoreThanANameOfTheAccountOrTheService() {
    for (String password : List.of("AdaLovelace1", "countess@example.org", "latchkey123")) {
      assertThat(register("adalovelace", "Countess@example.org", password))
          .isInstanceOf(Result.PasswordTooSimilar.class);
    }

    assertNothingIsStoredOf("countess@example.org");
  }

  @Test
  void refusesIfTooManyPasswordsAreBeingHashed() {
    latchkey.hasher().overload();

    assertThat(register("ada", "ada@example.org", PASSWORD)).isInstanceOf(Result.Overloaded.class);

    assertNothingIsStoredOf("ada@example.org");
  }

  @Test
  void opensNoAccountIfItsFirstSessionCannotBeStored() {
    Stores stores = Stores.inMemory();
    TestApplication broken = TestApplication.on(stores.with(new UnavailableSessions()));

    assertThatThrownBy(() -> broken.registered("ada"))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(stores.users().findByUsername(Username.of("ada"))).isEmpty();
  }

  private Result register(String username, String email, String password) {
    return latchkey
        .register()
        .execute(
            new Register.Command(
                Username.of(username),
                EmailAddress.of(email),
                NewPassword.of(password),
                null,
                null,
                ClientId.FIRST_PARTY,
                null,
                DEVICE));
  }

  private static Result.Registered registered(Result result) {
    assertThat(result).isInstanceOf(Result.Registered.class);
    return (Result.Registered) result;
  }

  private void assertNothingIsStoredOf(String email) {
    assertThat(latchkey.stores().users().findByEmail(EmailAddress.of(email))).isEmpty();
  }

  private static final class UnavailableSessions implements Sessions {

    @Override
    public void add(Session session) {
      throw unavailable();
    }

    @Override
    public Optional<Session> find(SessionId id) {
      throw unavailable();
    }

    @Override
    public Optional<SessionOfUser> findWithUser(SessionId id) {
      throw unavailable();
    }

    @Override
    public boolean advance(Session rotated, Generation expected) {
      throw unavailable();
    }

    @Override
    public boolean revoke(SessionId id, Revocation revocation) {
      throw unavailable();
    }

    @Override
    public List<Session> activeOf(UserId userId, Instant now) {
      throw unavailable();
    }

    @Override
    public boolean existsFrom(ClientNetwork network, UserId userId, Instant since) {
      throw unavailable();
    }

    private static StorageUnavailableException unavailable() {
      return new StorageUnavailableException(new IOException("connection refused"));
    }
  }
}

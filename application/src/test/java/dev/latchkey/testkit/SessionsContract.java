package dev.latchkey.testkit;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.account.Users.Addition;
import dev.latchkey.application.port.out.session.SessionOfUser;
import dev.latchkey.application.port.out.session.Sessions;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Sessions} keeps to. */
public abstract class SessionsContract {

  private static final Instant LATER = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Revocation LOG_OUT = new Revocation(LATER, Revocation.Reason.LOGGED_OUT);

  private final User ada = aUser().build();
  private Sessions sessions;

  /** Returns one without data; called before each test. */
  protected abstract Stores emptyStores();

  @BeforeEach
  void open() {
    Stores stores = emptyStores();
    sessions = stores.sessions();
    assertThat(stores.users().add(ada)).isEqualTo(Addition.ADDED);
  }

  @Test
  void knowsWhereAUserLoggedInFromAndWhen() {
    Session session = aSession().withUser(ada).withClient("2001:db8::1", "Laptop").build();
    sessions.add(session);
    sessions.revoke(session.id(), LOG_OUT);
    ClientNetwork network = ClientNetwork.of("2001:db8::2");
    Instant start = session.startedAt();

    assertThat(sessions.existsFrom(network, ada.id(), start)).isTrue();
    assertThat(sessions.existsFrom(network, ada.id(), start.plusMillis(1))).isFalse();
    assertThat(sessions.existsFrom(ClientNetwork.of("2001:db9::1"), ada.id(), start)).isFalse();
    assertThat(sessions.existsFrom(network, new UserId(new UUID(0, 4711)), start)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesBackWhatASessionIsBoundTo(boolean coversAccessTokens) {
    var binding = new Binding(new KeyThumbprint("k".repeat(43)), coversAccessTokens);
    Session session = added(aSession().withBinding(binding));

    assertThat(found(session.id())).contains(session);
    assertThat(sessions.findWithUser(session.id()).orElseThrow().session()).isEqualTo(session);
  }

  @Test
  void givesBackEveryField() {
    Session session =
        added(
            aSession()
                .withGeneration(Integer.MAX_VALUE)
                .withClientId(ClientId.of("partner"))
                .withMasterKeyId(255)
                .withSalt(
                    new Salt(
                        new byte[] {-128, -1, 0, 1, 127, 10, 13, 39, 92, 34, 9, 8, 7, 6, 5, 4}))
                .withStartedAt(Instant.parse("2026-01-01T00:00:00.001Z"))
                .withRotatedAt(Instant.parse("2026-01-02T00:00:00.020Z"))
                .withIdleExpiresAt(Instant.parse("2026-01-03T00:00:00.300Z"))
                .withAbsoluteExpiresAt(Instant.parse("2026-01-04T00:00:00.999Z"))
                .withExchangeKey(IdempotencyKey.of("k-1"))
                .withClient("2001:db8::1", "Browser/1.0 (\"quoted\"; ünï🦆)"));

    assertThat(found(session.id())).contains(session);
  }

  @Test
  void givesBackWhatIsAbsent() {
    Session session = added(aSession());

    assertThat(found(session.id())).contains(session);
  }

  @ParameterizedTest
  @EnumSource
  void givesBackARevocation(Revocation.Reason reason) {
    Session session = added(aSession().withRevocation(new Revocation(LATER, reason)));

    assertThat(found(session.id())).contains(session);
  }

  @Test
  void findsNoSessionThatWasNotAdded() {
    added(aSession());

    assertThat(found(new SessionId(UUID.randomUUID()))).isEmpty();
  }

  @Test
  void advancesTheSessionToItsNextGeneration() {
    Session session = added(aSession().withGeneration(4));
    Session rotated =
        copy(session)
            .withGeneration(5)
            .withMasterKeyId(2)
            .withRotatedAt(LATER)
            .withIdleExpiresAt(LATER.plus(Duration.ofDays(3)))
            .withExchangeKey(IdempotencyKey.of("k-1"))
            .build();

    assertThat(sessions.advance(rotated, session.generation())).isTrue();

    assertThat(found(session.id())).contains(rotated);
  }

  @Test
  void forgetsTheExchangeKeyWithTheNextExchange() {
    Session session = added(aSession().withExchangeKey(IdempotencyKey.of("k-1")));
    Session rotated = copy(session).withGeneration(1).build();

    assertThat(sessions.advance(rotated, session.generation())).isTrue();

    assertThat(found(session.id())).contains(rotated);
  }

  /** A token ahead of a store that lost its latest writes moves the session over the gap. */
  @Test
  void advancesByMoreThanOneGeneration() {
    Session session = added(aSession().withGeneration(4));
    Session rotated = copy(session).withGeneration(9).build();

    assertThat(sessions.advance(rotated, session.generation())).isTrue();

    assertThat(found(session.id())).contains(rotated);
  }

  @Test
  void advancesNoOtherSession() {
    Session session = added(aSession());
    Session bystander = added(aSession());

    assertThat(sessions.advance(copy(session).withGeneration(1).build(), Generation.FIRST))
        .isTrue();

    assertThat(found(bystander.id())).contains(bystander);
  }

  @Test
  void doesNotAdvanceASessionOfAnotherGeneration() {
    Session session = added(aSession().withGeneration(4));
    Session rotated = copy(session).withGeneration(5).build();

    assertThat(sessions.advance(rotated, new Generation(3))).isFalse();
    assertThat(sessions.advance(rotated, new Generation(5))).isFalse();

    assertThat(found(session.id())).contains(session);
  }

  @Test
  void doesNotAdvanceARevokedSession() {
    Session session = added(aSession().withRevocation(LOG_OUT));

    assertThat(sessions.advance(copy(session).withGeneration(1).build(), session.generation()))
        .isFalse();

    assertThat(found(session.id())).contains(session);
  }

  @Test
  void doesNotAdvanceAnUnknownSession() {
    Session unknown = aSession().withUser(ada).withGeneration(1).build();

    assertThat(sessions.advance(unknown, Generation.FIRST)).isFalse();

    assertThat(found(unknown.id())).isEmpty();
  }

  @Test
  void advancesOncePerGeneration() {
    Session session = added(aSession());
    Session rotated = copy(session).withGeneration(1).build();

    assertThat(sessions.advance(rotated, session.generation())).isTrue();
    assertThat(sessions.advance(rotated, session.generation())).isFalse();
  }

  @Test
  void letsOneOfManyAdvanceAtOnce() throws Exception {
    Session session = added(aSession());

    assertThat(Race.run(i -> sessions.advance(rotatedBy(i, session), session.generation())))
        .containsOnlyOnce(true);

    assertThat(found(session.id()).map(Session::generation)).contains(new Generation(1));
  }

  @Test
  void storesWhatTheWinnerOfARaceBrought() throws Exception {
    Session session = added(aSession());

    int winner =
        Race.run(i -> sessions.advance(rotatedBy(i, session), session.generation())).indexOf(true);

    assertThat(found(session.id())).contains(rotatedBy(winner, session));
  }

  @Test
  void revokesASessionAndNothingElseAboutIt() {
    Session session = added(aSession().withGeneration(7).withExchangeKey(IdempotencyKey.of("k-1")));

    assertThat(sessions.revoke(session.id(), LOG_OUT)).isTrue();

    assertThat(found(session.id())).contains(session.revoke(LOG_OUT));
  }

  @Test
  void keepsTheFirstRevocation() {
    Session session = added(aSession());
    assertThat(sessions.revoke(session.id(), LOG_OUT)).isTrue();

    var second = new Revocation(LATER.plusSeconds(1), Revocation.Reason.REUSE_DETECTED);
    assertThat(sessions.revoke(session.id(), second)).isFalse();

    assertThat(found(session.id()).map(Session::revocation)).contains(LOG_OUT);
  }

  @Test
  void doesNotAdvanceWhatWasRevokedMeanwhile() {
    Session session = added(aSession());
    assertThat(sessions.revoke(session.id(), LOG_OUT)).isTrue();

    assertThat(sessions.advance(copy(session).withGeneration(1).build(), session.generation()))
        .isFalse();

    assertThat(found(session.id()).map(Session::revocation)).contains(LOG_OUT);
  }

  @Test
  void revokesNoOtherSession() {
    Session session = added(aSession());
    Session bystander = added(aSession());

    assertThat(sessions.revoke(session.id(), LOG_OUT)).isTrue();

    assertThat(found(bystander.id())).contains(bystander);
  }

  @Test
  void revokesNothingIfTheSessionIsUnknown() {
    assertThat(sessions.revoke(new SessionId(UUID.randomUUID()), LOG_OUT)).isFalse();
  }

  @Test
  void letsOneOfManyRevokeAtOnce() throws Exception {
    Session session = added(aSession());

    assertThat(Race.run(_ -> sessions.revoke(session.id(), LOG_OUT))).containsOnlyOnce(true);
  }

  @Test
  void listsTheActiveSessionsOfAUserOldestFirst() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Session second = added(startedAt(start.plusSeconds(2)));
    Session first = added(startedAt(start.plusSeconds(1)));
    added(startedAt(start).withRevocation(LOG_OUT));
    added(startedAt(start).withIdleExpiresAt(LATER));

    assertThat(sessions.activeOf(ada.id(), LATER)).containsExactly(first, second);
    assertThat(sessions.activeOf(new UserId(new UUID(0, 99)), LATER)).isEmpty();
  }

  private static SessionMother.Builder startedAt(Instant start) {
    return aSession()
        .withStartedAt(start)
        .withRotatedAt(start)
        .withIdleExpiresAt(LATER.plusSeconds(1))
        .withAbsoluteExpiresAt(LATER.plusSeconds(2));
  }

  private Session added(SessionMother.Builder builder) {
    Session session = builder.withUser(ada).build();
    sessions.add(session);
    return session;
  }

  /** Both ways to find a session find the same. */
  private Optional<Session> found(SessionId id) {
    Optional<Session> session = sessions.find(id);
    assertThat(sessions.findWithUser(id))
        .isEqualTo(session.map(found -> new SessionOfUser(found, ada)));
    return session;
  }

  /** A builder of the same session, for a field or two to be changed that an exchange writes. */
  private SessionMother.Builder copy(Session session) {
    return aSession().withId(session.id()).withUser(ada);
  }

  private Session rotatedBy(int contestant, Session session) {
    return copy(session).withGeneration(1).withMasterKeyId(contestant).build();
  }
}

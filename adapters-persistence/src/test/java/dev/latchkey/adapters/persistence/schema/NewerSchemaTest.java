package dev.latchkey.adapters.persistence.schema;

import static dev.latchkey.testkit.SessionMother.aSession;
import static dev.latchkey.testkit.UserMother.aUser;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.testkit.Stores;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * While its nodes are replaced one by one, an older version serves a database that a newer one has
 * migrated, and reads what that has written.
 */
final class NewerSchemaTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Stores stores = PostgresServer.emptyStores();
  private final User ada = aUser().build();
  private final User grace = aUser().withUsername("grace").withEmail("grace@example.org").build();

  @AfterEach
  void undo() {
    PostgresServer.empty();
    PostgresServer.execute(
        """
        ALTER TABLE users DROP CONSTRAINT IF EXISTS users_status_is_known;
        ALTER TABLE users ADD CONSTRAINT users_status_is_known CHECK (status IN ('ACTIVE', 'DISABLED'))
        """);
  }

  @Test
  void aStatusThatIsNotKnownIsNotThatOfAnActiveUserAndConcernsNobodyElse() {
    add(ada);
    add(grace);
    Session ofAda = sessionOf(ada);
    Session ofGrace = sessionOf(grace);
    PostgresServer.execute("ALTER TABLE users DROP CONSTRAINT users_status_is_known");
    PostgresServer.execute(
        "UPDATE users SET status = 'LOCKED' WHERE id = '" + ada.id().value() + "'");

    assertThat(stores.users().find(ada.id()).orElseThrow().isActive()).isFalse();
    assertThat(stores.users().findByUsername(ada.username()).orElseThrow().isActive()).isFalse();
    assertThat(stores.sessions().findWithUser(ofAda.id()).orElseThrow().user().isActive())
        .isFalse();
    assertThat(stores.sessions().findWithUser(ofGrace.id()).orElseThrow().user()).isEqualTo(grace);
  }

  @Test
  void aSessionThatWasEndedForAReasonThatIsNotKnownHasEnded() {
    add(ada);
    Session session = sessionOf(ada);
    PostgresServer.execute(
        "UPDATE sessions SET revoked_at = now(), revocation_reason = 'KEY_LOST'");

    Revocation found =
        Objects.requireNonNull(
            stores.sessions().findWithUser(session.id()).orElseThrow().session().revocation());

    assertThat(found.reason()).isEqualTo(Revocation.Reason.UNKNOWN_HERE);
    assertThat(stores.sessions().find(session.id()).orElseThrow().isActive(NOW)).isFalse();
    assertThat(stores.sessions().activeOf(ada.id(), NOW)).isEmpty();
  }

  @Test
  void aMailOfAKindThatIsNotKnownIsLeftToNewerNodesAndKeepsNobodyElsesWaiting() {
    stores.outbox().add(mail(MailKind.NEW_DEVICE));
    PostgresServer.execute("UPDATE outbox SET kind = 'POSTCARD', next_attempt_at = '-infinity'");
    stores.outbox().add(mail(MailKind.NEW_DEVICE));

    assertThat(stores.outbox().claim(NOW, NOW.plusSeconds(60)))
        .get()
        .extracting(OutboxMail::kind)
        .isEqualTo(MailKind.NEW_DEVICE);
    assertThat(stores.outbox().claim(NOW, NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void aFieldOfAMailThatIsNotKnownIsLeftOut() {
    stores.outbox().add(mail(MailKind.NEW_DEVICE));
    PostgresServer.execute("UPDATE outbox SET details = details || ARRAY['MOON', 'full']");

    assertThat(stores.outbox().claim(NOW, NOW.plusSeconds(60)).orElseThrow().details())
        .containsExactly(Map.entry(MailField.USERNAME, "ada"));
  }

  @Test
  void aCodeForAPurposeThatIsNotKnownIsNotAcceptedAndNotUsedUp() {
    Code code = Code.of(new byte[Code.BYTES]);
    stores
        .mailedCodes()
        .add(
            new MailedCode(
                code.hash(), CodePurpose.EMAIL_CHANGE, ada.id(), ada.email(), NOW.plusSeconds(60)));
    PostgresServer.execute("UPDATE mailed_codes SET purpose = 'INVITATION'");

    assertThat(stores.mailedCodes().find(code.hash())).isEmpty();
    assertThat(stores.mailedCodes().take(code.hash())).isEmpty();

    PostgresServer.execute("UPDATE mailed_codes SET purpose = 'EMAIL_CHANGE'");
    assertThat(stores.mailedCodes().take(code.hash())).isPresent();
  }

  /**
   * The server keeps the plan of a statement that it has seen often, and refuses to execute it when
   * it would return other columns than before. In a transaction, nothing can be done then.
   */
  @Test
  void columnsThatAreAddedWhileItServesDoNotFailStatementsThatArePlanned() {
    add(ada);
    Session session = sessionOf(ada);
    readEverything(session);
    try {
      PostgresServer.execute(
          """
          ALTER TABLE users ADD COLUMN newer text NOT NULL DEFAULT 'x';
          ALTER TABLE sessions ADD COLUMN newer text NOT NULL DEFAULT 'x';
          ALTER TABLE outbox ADD COLUMN newer text NOT NULL DEFAULT 'x';
          ALTER TABLE mailed_codes ADD COLUMN newer text NOT NULL DEFAULT 'x';
          ALTER TABLE registrations ADD COLUMN newer text NOT NULL DEFAULT 'x';
          ALTER TABLE signing_keys ADD COLUMN newer text NOT NULL DEFAULT 'x'
          """);
      readEverything(session);
      add(grace);
      assertThat(stores.sessions().find(sessionOf(grace).id())).isPresent();
    } finally {
      PostgresServer.execute(
          """
          ALTER TABLE users DROP COLUMN newer;
          ALTER TABLE sessions DROP COLUMN newer;
          ALTER TABLE outbox DROP COLUMN newer;
          ALTER TABLE mailed_codes DROP COLUMN newer;
          ALTER TABLE registrations DROP COLUMN newer;
          ALTER TABLE signing_keys DROP COLUMN newer
          """);
    }
  }

  /** Often enough for the driver to let the server keep the plans: five times. */
  private void readEverything(Session session) {
    Code code = Code.of(new byte[Code.BYTES]);
    for (int time = 0; time < 10; time++) {
      var _ =
          stores
              .transactions()
              .execute(
                  () -> {
                    assertThat(stores.users().find(ada.id())).isPresent();
                    assertThat(stores.users().lock(ada.id())).isPresent();
                    assertThat(stores.users().findByUsername(ada.username())).isPresent();
                    assertThat(stores.users().findByEmail(ada.email())).isPresent();
                    assertThat(stores.sessions().find(session.id())).isPresent();
                    assertThat(stores.sessions().findWithUser(session.id())).isPresent();
                    assertThat(stores.sessions().activeOf(ada.id(), NOW)).hasSize(1);
                    assertThat(stores.outbox().claim(NOW, NOW)).isEmpty();
                    assertThat(stores.mailedCodes().find(code.hash())).isEmpty();
                    assertThat(stores.mailedCodes().take(code.hash())).isEmpty();
                    assertThat(stores.registrations().find(ada.id())).isEmpty();
                    assertThat(stores.registrations().findByEmail(ada.email(), NOW)).isEmpty();
                    assertThat(stores.registrations().take(ada.id())).isEmpty();
                    return true;
                  });
    }
  }

  private void add(User user) {
    assertThat(stores.users().add(user)).isEqualTo(Users.Addition.ADDED);
  }

  private Session sessionOf(User user) {
    Session session = aSession().withUser(user).build();
    stores.sessions().add(session);
    return session;
  }

  private static OutboxMail mail(MailKind kind) {
    return new OutboxMail(
        new MailId(UUID.randomUUID()),
        kind,
        EmailAddress.stored("ada@example.org"),
        null,
        Map.of(MailField.USERNAME, "ada"),
        NOW,
        0);
  }
}

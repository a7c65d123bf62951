package dev.latchkey.adapters.persistence.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.persistence.PostgresServer;
import dev.latchkey.application.port.out.key.SigningKeys;
import dev.latchkey.testkit.SigningKeysContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

final class PostgresSigningKeysTest extends SigningKeysContract {

  @Override
  protected SigningKeys emptySigningKeys() {
    PostgresServer.empty();
    return PostgresServer.bean(SigningKeys.class);
  }

  @Test
  void passesOverKeysOfAnAlgorithmThatThisVersionDoesNotKnow() {
    SigningKeys signingKeys = emptySigningKeys();
    PostgresServer.execute(
        """
        INSERT INTO signing_keys (number, id, algorithm, public_key, sealed_private_key, master_key_id, created_at,
                                  signs_from, token_lifetime_seconds)
        SELECT number, algorithm, algorithm, 'public', 'sealed', 1, now(), now(), 300
        FROM (VALUES (1, 'ES256'), (2, 'ML-DSA-44')) AS keys (number, algorithm)
        """);

    assertThat(signingKeys.all()).extracting(row -> row.key().id()).containsExactly("ES256");
  }

  /** A key that an earlier version added signs already, and stays published for long enough. */
  @Test
  void takesOverTheKeysOfTheVersionBefore() throws SQLException {
    DataSource database = PostgresServer.database();
    PostgresServer.execute("DROP SCHEMA IF EXISTS before CASCADE");
    migrate(database, "2");
    PostgresServer.execute(
        """
        INSERT INTO before.signing_keys
          (number, id, algorithm, public_key, sealed_private_key, master_key_id, created_at)
        VALUES (1, 'kid', 'ES256', 'public', 'sealed', 1, '2026-01-02T03:04:05Z')
        """);

    migrate(database, "3");

    try (Connection connection = database.getConnection();
        ResultSet row =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT signs_from = created_at, token_lifetime_seconds FROM"
                        + " before.signing_keys")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getBoolean(1)).isTrue();
      assertThat(row.getLong(2)).isEqualTo(86_400);
    } finally {
      PostgresServer.execute("DROP SCHEMA before CASCADE");
    }
  }

  private static void migrate(DataSource database, String version) {
    var _ =
        Flyway.configure().dataSource(database).schemas("before").target(version).load().migrate();
  }
}

package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.TokenBytes;
import dev.latchkey.adapters.web.http.Tokens;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The database is put back to where it was some exchanges ago, as by a backup or by a fail-over
 * that loses writes.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class RestoredBackupTest {

  private final Client client = Nodes.FIRST.client();
  private Tokens tokens = client.newcomer();

  @BeforeEach
  void backUp() throws SQLException {
    execute(
        "CREATE TABLE backup AS SELECT * FROM sessions WHERE id = '" + tokens.sessionId() + "'");
  }

  @AfterEach
  void throwTheBackupAway() throws SQLException {
    execute("DROP TABLE backup");
  }

  @Test
  void aClientThatIsAheadGoesOn() throws SQLException {
    String ahead = exchange(tokens.refresh(), 3);
    restore();

    Answer answer = client.refresh(ahead).hasStatus(200);

    assertThat(answer.text("/outcome")).isEqualTo("rotated");
    assertThat(TokenBytes.generationOf(answer.refreshToken())).isEqualTo(4);
    assertThat(client.refresh(ahead).hasStatus(200).refreshToken())
        .isEqualTo(answer.refreshToken());
    client.refresh(exchange(answer.refreshToken(), 3)).hasStatus(200);
  }

  @Test
  void onceTheClientIsBackEverySpentTokenIsRecognisedAgain() throws SQLException {
    String ahead = exchange(tokens.refresh(), 3);
    restore();
    String current = client.refresh(ahead).hasStatus(200).refreshToken();

    client.refresh(tokens.refresh()).isProblem(401, "refresh_token_reused");

    client.refresh(current).isProblem(401, "session_revoked");
  }

  @Test
  void aClientThatLostItsLastAnswerInTheFailOverGoesOn() throws SQLException {
    String lost = exchange(tokens.refresh(), 1);
    restore();

    Answer retry = client.refresh(tokens.refresh()).hasStatus(200);

    assertThat(retry.refreshToken()).isEqualTo(lost);
  }

  private String exchange(String token, int times) {
    String current = token;
    for (int time = 0; time < times; time++) {
      current = client.refresh(current).hasStatus(200).refreshToken();
    }
    return current;
  }

  private void restore() throws SQLException {
    execute("DELETE FROM sessions WHERE id IN (SELECT id FROM backup)");
    execute("INSERT INTO sessions SELECT * FROM backup");
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = TestDatabase.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

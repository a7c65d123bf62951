package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.Tokens;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a database of its own, which it takes away and gives back. */
@Timeout(120)
final class OutageHttpTest {

  @TempDir(factory = BelowTarget.class)
  Path data;

  @Test
  void anOutageOfTheDatabaseIsSaidAndAfterItEverythingGoesOnByItself() throws IOException {
    try (DataDirectory directory = DataDirectory.open(data);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Node node = Node.start(TestDatabase.settingsFor(database))) {
      Client client = node.client();
      String name = Client.someone();
      Tokens tokens = Tokens.of(client.register(name).hasStatus(201).json().at("/tokens"));

      Answer keys = client.get("/.well-known/jwks.json").hasStatus(200);

      Answer ended = client.get("/oauth2/ended-sessions").hasStatus(200);

      takeAway();
      waitFor(client, 503);

      client.get("/health/liveness").hasStatus(200);
      assertThat(client.get("/.well-known/jwks.json").hasStatus(200).body()).isEqualTo(keys.body());
      // For a minute resource servers go by what was known, and then this node knows nothing.
      assertThat(client.get("/oauth2/ended-sessions").hasStatus(200).body())
          .isEqualTo(ended.body());
      node.clock().advance(Duration.ofSeconds(61));
      isUnavailableByRfc7009(client.get("/oauth2/ended-sessions"));
      node.clock().reset();
      isUnavailable(client.login(name, Client.PASSWORD));
      isUnavailable(client.refresh(tokens.refresh()));
      isUnavailable(client.me(tokens.access()));
      isUnavailableByRfc7009(client.form("/oauth2/revoke", revocation(tokens)));
      isCounted(client);

      giveBack();
      waitFor(client, 200);

      client.me(tokens.access()).hasStatus(200);
      node.renewEndedSessions();
      client.get("/oauth2/ended-sessions").hasStatus(200);
      client.login(name, Client.PASSWORD).hasStatus(200);
      assertThat(client.refresh(tokens.refresh()).hasStatus(200).text("/outcome"))
          .isEqualTo("rotated");
      client.form("/oauth2/revoke", revocation(tokens)).hasStatus(200);
      client.refresh(tokens.refresh()).isProblem(401, "session_revoked");
    }
  }

  /** Kills the server, which is not started again for as long as its programs are missing. */
  private void takeAway() throws IOException {
    Files.move(data.resolve("runtime"), data.resolve("away"));
    long pid =
        Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    assertThat(server.destroyForcibly()).isTrue();
  }

  private void giveBack() throws IOException {
    Files.move(data.resolve("away"), data.resolve("runtime"));
  }

  private static void waitFor(Client client, int readiness) {
    while (client.get("/health/readiness").status() != readiness) {
      Thread.onSpinWait();
    }
  }

  private static void isUnavailable(Answer answer) {
    answer.isProblem(503, "storage_unavailable");
    assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  private static void isCounted(Client client) {
    Scrape scrape = Scrape.of(client);
    for (String useCase : List.of("login", "exchange_refresh_token", "revoke_token")) {
      assertThat(
              scrape.sum(
                  "latchkey_use_case_seconds_count",
                  Map.of("use_case", useCase, "outcome", "storage_unavailable")))
          .as(useCase)
          .isEqualTo(1);
    }
  }

  private static List<String> revocation(Tokens tokens) {
    return List.of("token", tokens.refresh(), "client_id", "latchkey");
  }

  /** RFC 7009 §2.2.1: the client must take it that the token still exists, and may try again. */
  private static void isUnavailableByRfc7009(Answer answer) {
    assertThat(answer.hasStatus(503).text("/error")).isEqualTo("temporarily_unavailable");
    assertThat(answer.header("Retry-After")).matches("[1-9]\\d*");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }
}

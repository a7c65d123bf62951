package dev.latchkey.acceptance.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.HttpTest;
import dev.latchkey.adapters.web.http.Tokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The metrics are the longest answer of the service, and count what happens. */
class MetricsHttpTest extends HttpTest {

  @Test
  void areNotCompressedEither() {
    Answer metrics = client.get("/prometheus", "Accept-Encoding", "gzip").hasStatus(200);

    assertThat(metrics.header("Content-Encoding")).isEmpty();
    assertThat(metrics.body()).contains("latchkey_events_total").hasSizeGreaterThan(10_000);
  }

  @Test
  void countWhoeverIsRefusedAccess() {
    String token = "Bearer " + client.newcomer().access();
    double before = accessRefused();

    client.get("/api/accounts/me").hasStatus(401);
    client.get("/api/accounts/me", "Authorization", token + "x").hasStatus(401);
    client.get("/api/signing-keys", "Authorization", token).hasStatus(403);

    assertThat(accessRefused()).isEqualTo(before + 3);
  }

  /**
   * However many addresses, methods and headers somebody makes up, there are no more series than
   * calls, methods and statuses.
   */
  @Test
  void growWithNothingThatAStrangerMakesUp() {
    strangeRequests("first");
    Set<String> before = Set.copyOf(Scrape.of(client).labelValues());

    strangeRequests("second");
    Scrape after = Scrape.of(client);

    assertThat(after.labelValues()).isEqualTo(before);
    assertThat(after.labelValues())
        .noneMatch(
            value ->
                value.matches("(?i).*(strange|first|second|user\\d|@|lkr_|127\\.0\\.0\\.1).*")
                    || value.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"));
  }

  private void strangeRequests(String round) {
    String strange = "strange-" + round;
    var stranger = new Client(node.address());
    Tokens tokens = client.newcomer();
    String bearer = "Bearer " + tokens.access();
    for (String path :
        List.of(
            "/" + strange,
            "/api/" + strange,
            "/api/sessions/" + strange,
            "/api/sessions/" + UUID.nameUUIDFromBytes(strange.getBytes(UTF_8)),
            "/pages/" + strange + ".js",
            "/pages/style.css?" + strange,
            "/swagger-ui/res/" + strange,
            "/health/" + strange,
            "/prometheus?" + strange)) {
      for (String method : List.of("GET", "DELETE", strange.toUpperCase(Locale.ROOT))) {
        var _ =
            stranger.send(
                stranger
                    .request(path, "Authorization", bearer, "User-Agent", strange)
                    .method(method, BodyPublishers.noBody()));
      }
    }
    stranger.login(strange, strange).hasStatus(401);
    stranger.refresh("lkr_" + strange).hasStatus(401);
    var _ = stranger.form("/oauth2/token", List.of("grant_type", strange, "client_id", strange));
  }

  private double accessRefused() {
    return Scrape.of(client).sum("latchkey_events_total", Map.of("type", "access_refused"));
  }
}

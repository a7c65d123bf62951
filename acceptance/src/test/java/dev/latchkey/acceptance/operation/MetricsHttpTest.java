package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.HttpTest;
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

  private double accessRefused() {
    return client
        .get("/prometheus")
        .hasStatus(200)
        .body()
        .lines()
        .filter(line -> line.matches("latchkey_events_total\\{.*type=\"access_refused\".*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}

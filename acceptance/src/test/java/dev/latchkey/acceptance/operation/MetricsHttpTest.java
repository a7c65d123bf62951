package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.HttpTest;
import org.junit.jupiter.api.Test;

/** The metrics are the longest answer of the service. */
class MetricsHttpTest extends HttpTest {

  @Test
  void areNotCompressedEither() {
    Answer metrics = client.get("/prometheus", "Accept-Encoding", "gzip").hasStatus(200);

    assertThat(metrics.header("Content-Encoding")).isEmpty();
    assertThat(metrics.body()).contains("latchkey_events_total").hasSizeGreaterThan(10_000);
  }
}

package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.application.port.in.mail.MeasureMailBacklog.Backlog;
import dev.latchkey.bootstrap.observation.MailBacklog;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.DataDirectory;
import dev.latchkey.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only the complete service has at its management port: metrics, and the parts of health. */
@Timeout(120)
final class ManagementPortTest {

  @TempDir(factory = BelowTarget.class)
  Path data;

  @Test
  @SuppressWarnings("try") // the database ends before the node, which is what is tested
  void hasTheMetricsAndSaysWhichPartIsInTrouble() throws IOException {
    try (DataDirectory directory = DataDirectory.open(data);
        EmbeddedDatabase database = EmbeddedDatabase.start(directory, "latchkey");
        Node node = Node.start(withManagementPort(TestDatabase.settingsFor(database)))) {
      Client client = new Client(node.address());
      Client management = node.management();

      client.get("/prometheus").isProblem(404, "not_found");
      assertThat(management.get("/prometheus").hasStatus(200).body())
          .contains("latchkey_use_case_seconds");
      JsonNode parts = management.get("/health").hasStatus(200).json().path("details");
      for (String part : new String[] {"storage", "mail", "clock", "signingKey"}) {
        assertThat(parts.path(part).path("status").asText()).as(part).isEqualTo("UP");
      }

      node.bean(MailBacklog.class).measured(new Backlog(3, Duration.ofHours(1)));

      JsonNode late = management.get("/health").hasStatus(200).json();
      assertThat(late.path("status").asText()).isEqualTo("DEGRADED");
      assertThat(late.at("/details/mail/status").asText()).isEqualTo("DEGRADED");
      assertThat(late.at("/details/mail/details/waiting").asInt()).isEqualTo(3);
      assertThat(late.at("/details/storage/status").asText()).isEqualTo("UP");
      assertThat(client.get("/health/readiness").hasStatus(200).body())
          .isEqualTo("{\"status\":\"UP\"}");

      database.close();

      while (client.get("/health/readiness").status() == 200) {
        Thread.onSpinWait(); // a probe may get the answer to the one before
      }
      assertThat(client.get("/health/readiness").hasStatus(503).body())
          .isEqualTo("{\"status\":\"DOWN\"}");
      JsonNode down = management.get("/health").hasStatus(503).json();
      assertThat(down.at("/details/storage/status").asText()).isEqualTo("DOWN");
      assertThat(down.at("/details/clock/status").asText()).isEqualTo("UP");
      client.get("/health/liveness").hasStatus(200);
      assertThat(down.toString()).doesNotContain("jdbc", "127.0.0.1", database.password());
    }
  }

  private static Map<String, Object> withManagementPort(Map<String, Object> settings)
      throws IOException {
    var all = new HashMap<>(settings);
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      all.put("latchkey.management.port", socket.getLocalPort());
    }
    return all;
  }
}

package dev.latchkey.acceptance.stop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that goes on for an hour when it is asked to stop. */
@Timeout(120)
final class GraceTest {

  @Test
  void isNotReadyAndServesUntilItIsAskedAgain() throws Exception {
    var settings = new HashMap<>(TestDatabase.settings());
    settings.put("micronaut.server.port", "-1");
    settings.put("latchkey.master-key", Node.masterKey());
    settings.put("latchkey.stop.grace", "1h");
    try (ServiceProcess service = ServiceProcess.with(ServiceProcess.environment(settings))) {
      service.start();
      Client client = new Client(service.address());
      String token = client.newcomer().refresh();
      client.get("/health/readiness").hasStatus(200);

      service.askToStop();
      while (client.get("/health/readiness").status() == 200) {}

      client.get("/health/readiness").hasStatus(503);
      client.get("/health/liveness").hasStatus(200);
      client.refresh(token).hasStatus(200);

      service.stop();
      assertThat(service.saidSince())
          .anyMatch(line -> line.contains("Not ready any more, and stops in 3600 s"))
          .anyMatch(line -> line.contains("Asked again to stop"));
    }
  }
}

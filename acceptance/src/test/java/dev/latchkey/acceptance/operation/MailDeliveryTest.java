package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.acceptance.postgres.TestSchema;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail while the SMTP server is down, nodes are killed, and several send at once. */
@Timeout(180)
final class MailDeliveryTest {

  private static final long PATIENCE_MILLIS = 90_000;

  private final List<String> recipients = new ArrayList<>();

  @Test
  void everyMailArrivesOnceThoughTheServerWasDownAndTheNodeWasKilled() throws Exception {
    int port = freePort();
    var smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    try (TestSchema schema = TestSchema.create("mail_delivery");
        // It dies between commit and sending. One that dies while it sends is overtaken after five
        // minutes; what then happens is tested where a clock can be set.
        ServiceProcess first = node(schema, port, "1d");
        ServiceProcess second = node(schema, port, "100ms");
        ServiceProcess third = node(schema, port, "100ms")) {
      first.start();
      register(first.address(), 3);
      first.kill();
      second.start();
      register(second.address(), 3); // tried in vain

      smtp.start();
      third.start();
      register(second.address(), 10);
      register(third.address(), 10);

      assertThat(smtp.waitForIncomingEmail(PATIENCE_MILLIS, recipients.size())).isTrue();
      // Whatever is in the outbox now has been sent, so a duplicate would be there as well.
      register(third.address(), 1);
      assertThat(smtp.waitForIncomingEmail(PATIENCE_MILLIS, recipients.size())).isTrue();
      assertThat(recipientsOf(smtp)).containsExactlyInAnyOrderElementsOf(recipients);
    } finally {
      smtp.stop();
    }
  }

  private static ServiceProcess node(TestSchema schema, int smtpPort, String interval) {
    var settings = new HashMap<String, Object>(TestDatabase.settings());
    settings.putAll(
        Map.of(
            "datasources.default.url", schema.url(),
            "datasources.default.maximum-pool-size", "3",
            "micronaut.server.port", "-1",
            "latchkey.master-key", Node.masterKey(),
            "latchkey.mail.from", "latchkey@example.org",
            "latchkey.mail.smtp.host", "127.0.0.1",
            "latchkey.mail.smtp.port", smtpPort,
            "latchkey.mail.smtp.tls", "none",
            "latchkey.mail.check-interval", interval));
    return ServiceProcess.with(ServiceProcess.environment(settings));
  }

  /** Each is sent the code that verifies the address. */
  private void register(URI node, int count) {
    var client = new Client(node);
    Stream.generate(Client::someone)
        .limit(count)
        .forEach(
            username -> {
              client.register(username).hasStatus(201);
              recipients.add(username + "@example.org");
            });
  }

  private static List<String> recipientsOf(GreenMail smtp) {
    return Arrays.stream(smtp.getReceivedMessages())
        .map(
            message -> {
              try {
                return message.getRecipients(Message.RecipientType.TO)[0].toString();
              } catch (MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

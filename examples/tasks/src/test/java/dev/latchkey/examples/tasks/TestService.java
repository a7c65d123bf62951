package dev.latchkey.examples.tasks;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.UUID;

/** The one service, on one database, that all tests call. It ends with the JVM. */
final class TestService {

  private static final TestService SHARED = new TestService();

  private final TestIssuer issuer;
  private final Database database;
  private final URI address;

  private TestService() {
    try {
      issuer = new TestIssuer();
      database = Database.embedded(Path.of("target", "test-tasks"));
      Runtime.getRuntime().addShutdownHook(new Thread(database::close));
      address = start(issuer).address();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private TasksServer start(TestIssuer of) {
    var settings = new HashMap<>(database.settings());
    settings.put("micronaut.server.port", -1);
    settings.put("latchkey.issuer", of.name());
    return TasksServer.start(settings);
  }

  /** One more, on the same database. */
  static TasksServer withTokensOf(TestIssuer another) {
    return SHARED.start(another);
  }

  static URI address() {
    return SHARED.address;
  }

  static TestIssuer issuer() {
    return SHARED.issuer;
  }

  /** A user whom no other test knows. */
  static String someone() {
    return UUID.randomUUID().toString();
  }

  static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(5));
  }

  /** With a valid token. */
  static Caller user(String user, String... roles) {
    try {
      return bearer(SHARED.issuer.token(user, roles));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static Caller newcomer() {
    return user(someone(), "user");
  }

  static Caller manager() {
    return user(someone(), "user", "manager");
  }

  static Caller bearer(String token) {
    return new Caller(SHARED.address, "Authorization", "Bearer " + token);
  }

  static Caller nobody() {
    return new Caller(SHARED.address);
  }
}

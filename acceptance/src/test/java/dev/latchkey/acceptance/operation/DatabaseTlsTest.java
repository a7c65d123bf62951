package dev.latchkey.acceptance.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.TestAuthority;
import dev.latchkey.bootstrap.settings.StartupFailure;
import dev.latchkey.embeddedpostgres.BelowTarget;
import dev.latchkey.embeddedpostgres.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS to a PostgreSQL of one's own, as docs/tls.md says to set it up. */
@Timeout(300)
final class DatabaseTlsTest {

  private static final String APPLICATION = "latchkey";

  @TempDir(factory = BelowTarget.class)
  Path folder;

  @Test
  void verifiesTheServerAndNeverGoesOnWithoutTls() throws Exception {
    TestAuthority authority = TestAuthority.in(Files.createDirectory(folder.resolve("ours")));
    TestAuthority stranger = TestAuthority.in(Files.createDirectory(folder.resolve("theirs")));
    Path ours = Files.writeString(folder.resolve("ours.crt"), authority.certificate());
    Path theirs = Files.writeString(folder.resolve("theirs.crt"), stranger.certificate());
    var _ = authority.issue("-keyalg", "EC", "-ext", "san=dns:localhost").writeTo(folder);
    Files.setPosixFilePermissions(
        folder.resolve("tls.key"), PosixFilePermissions.fromString("rw-------"));

    try (TestCluster database = TestCluster.in(folder.resolve("postgres"))) {
      database.start(
          "ssl=on",
          "ssl_cert_file=" + folder.resolve("tls.crt"),
          "ssl_key_file=" + folder.resolve("tls.key"));
      String byName = database.url().replace("127.0.0.1", "localhost");
      assertThat(refusal(verified(byName, theirs)))
          .contains("TLS", "sslrootcert", "DATASOURCES_DEFAULT_URL");
      assertThat(refusal(verified(database.url(), ours))).contains("127.0.0.1", "TLS");

      try (Node node = Node.start(settings(verified(byName, ours)))) {
        var _ = node.client().newcomer();
        assertThat(connections(database, true)).isPositive();
        assertThat(connections(database, false)).isZero();
      }

      database.stop();
      database.start();
      assertThat(refusal(verified(byName, ours))).contains("does not support SSL", "TLS");
      assertThat(connections(database, false)).isZero();
    }
  }

  private static String verified(String url, Path authority) {
    return url + "?sslmode=verify-full&sslrootcert=" + authority;
  }

  /** Of the service. */
  private static int connections(TestCluster database, boolean tls) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                    + " WHERE application_name = '"
                    + APPLICATION
                    + "' AND ssl = "
                    + tls)) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  /** What the operator reads. */
  private static String refusal(String url) {
    try (Node started = Node.start(settings(url))) {
      throw new AssertionError("it started at " + started.address());
    } catch (RuntimeException e) {
      return StartupFailure.explain(e);
    }
  }

  private static Map<String, Object> settings(String url) {
    return Map.of(
        "datasources.default.url",
        url,
        "datasources.default.username",
        TestCluster.SUPERUSER,
        "datasources.default.password",
        "");
  }
}

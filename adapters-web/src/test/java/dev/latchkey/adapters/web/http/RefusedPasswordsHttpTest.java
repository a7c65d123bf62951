package dev.latchkey.adapters.web.http;

import dev.latchkey.adapters.security.blocklist.BreachFilterBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** New passwords, as an operator wants them to be refused. */
class RefusedPasswordsHttpTest extends HttpTest {

  private static final String LEAKED = "five herons that have leaked";
  private static final Map<String, Object> SETTINGS =
      Map.of(
          "latchkey.password.breach-filter",
          filter().toString(),
          "latchkey.password.context-words",
          "Rocketeer, Ariane");

  RefusedPasswordsHttpTest() {
    super(SETTINGS);
  }

  private static Path filter() {
    try {
      Path folder = Files.createTempDirectory("latchkey-passwords");
      Path leaked = Files.writeString(folder.resolve("leaked"), LEAKED + "\n");
      Path filter = folder.resolve("filter");
      BreachFilterBuilder.Built _ = BreachFilterBuilder.build(leaked, filter);
      return filter;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void areThoseOfTheBreachFilter() {
    register(LEAKED).isProblem(400, "validation_failed").hasFieldError("password", "breached");
    register(Client.PASSWORD).hasStatus(201);
  }

  @Test
  void areThoseThatAreLittleMoreThanAWordOfTheOperator() {
    register("rocketeer-2026")
        .isProblem(400, "validation_failed")
        .hasFieldError("password", "too_similar");
    register("AR1ariane").isProblem(400, "validation_failed");
    register("a rocketeer and four herons").hasStatus(201);
  }

  private Answer register(String password) {
    String name = Client.someone();
    return client.post(
        "/api/accounts",
        Map.of("username", name, "email", name + "@example.org", "password", password));
  }
}

package dev.latchkey.bootstrap.http;

import io.micronaut.context.annotation.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to try the interface by hand is left out. */
@Property(name = "latchkey.swagger-ui.enabled", value = "false")
class WithoutSwaggerUiHttpTest extends HttpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/swagger-ui",
        "/swagger-ui/index.html",
        "/swagger-ui/start.js",
        "/swagger-ui/res/swagger-ui-bundle.js"
      })
  void noPartOfThePageIsThere(String path) {
    client.get(path).isProblem(404, "not_found");
  }

  @Test
  void theDescriptionOfTheInterfaceStays() {
    client.get("/openapi").hasStatus(200);
  }
}

package dev.latchkey.adapters.web.http;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to try the interface by hand is left out. */
class WithoutSwaggerUiHttpTest extends HttpTest {

  WithoutSwaggerUiHttpTest() {
    super(Map.of("latchkey.swagger-ui.enabled", "false"));
  }

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

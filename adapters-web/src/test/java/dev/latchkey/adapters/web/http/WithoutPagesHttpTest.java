package dev.latchkey.adapters.web.http;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages for people are left out. */
class WithoutPagesHttpTest extends HttpTest {

  WithoutPagesHttpTest() {
    super(Map.of("latchkey.pages.enabled", "false"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/sign-up",
        "/sign-in",
        "/verify",
        "/reset",
        "/account",
        "/pages/style.css",
        "/pages/texts.json",
        "/pages/client/index.js",
        "/.well-known/change-password"
      })
  void noneIsThere(String path) {
    client.get(path).isProblem(404, "not_found");
  }

  @Test
  void theInterfaceStays() {
    client.newcomer();
  }
}

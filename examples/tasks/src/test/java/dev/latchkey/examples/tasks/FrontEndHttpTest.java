package dev.latchkey.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.latchkey.examples.tasks.Caller.Answer;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers let pages of other origins do. */
final class FrontEndHttpTest {

  private static final String FRONT_END = "http://localhost:4200";
  private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";

  @ParameterizedTest
  @CsvSource({"GET, /tasks", "POST, /tasks", "PATCH, /tasks/1", "DELETE, /tasks/1"})
  void theFrontEndMayCall(String method, String path) {
    Answer answer = TestService.nobody().preflight(path, FRONT_END, method).hasStatus(200);

    assertThat(answer.header(ALLOWED_ORIGIN)).isEqualTo(FRONT_END);
    assertThat(
            String.join(",", answer.http().headers().allValues("Access-Control-Allow-Headers"))
                .toLowerCase(Locale.ROOT)
                .split(",", -1))
        .containsExactlyInAnyOrder("authorization", "content-type", "dpop");
    assertThat(answer.header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
  }

  @Test
  void theFrontEndCanReadWhyItWasRefused() throws JOSEException {
    String expired = TestService.issuer().expiredToken("ada");

    Answer answer = TestService.bearer(expired).get("/tasks", "Origin", FRONT_END).hasStatus(401);

    assertThat(answer.header(ALLOWED_ORIGIN)).isEqualTo(FRONT_END);
    assertThat(answer.http().headers().allValues("Access-Control-Expose-Headers"))
        .containsExactlyInAnyOrder("WWW-Authenticate", "DPoP-Nonce");
    assertThat(answer.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:4201",
        "https://localhost:4200",
        "http://localhost:4200.example.org",
        "https://example.org",
        "null"
      })
  void pagesOfAnotherOriginMayNot(String origin) {
    assertThat(TestService.nobody().preflight("/tasks", origin, "POST").header(ALLOWED_ORIGIN))
        .isEmpty();
    assertThat(TestService.newcomer().get("/tasks", "Origin", origin).header(ALLOWED_ORIGIN))
        .isEmpty();
  }

  @Test
  void whetherTheServiceIsReadyNeedsNoToken() {
    assertThat(TestService.nobody().get("/health").hasStatus(200).at("/status").asText())
        .isEqualTo("UP");
  }
}

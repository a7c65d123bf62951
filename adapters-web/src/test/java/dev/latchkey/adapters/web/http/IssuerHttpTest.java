package dev.latchkey.adapters.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An issuer below a path, as behind a proxy that serves others too (RFC 8414 §3.1). */
class IssuerHttpTest extends HttpTest {

  private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

  IssuerHttpTest() {
    super(Map.of("latchkey.issuer", "https://auth.example.org/people/one/"));
  }

  @Test
  void anIssuerWithAPathHasItsMetadataBelowThatPathWithoutTheLastSlash() {
    Answer answer = client.get(WELL_KNOWN + "/people/one").hasStatus(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("/issuer")).isEqualTo("https://auth.example.org/people/one/");
    assertThat(answer.text("/token_endpoint"))
        .isEqualTo("https://auth.example.org/people/one/oauth2/token");
    client.get(WELL_KNOWN + "/people").isProblem(404, "not_found");
    client.get(WELL_KNOWN + "/people/two").isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://auth.example.org?a=b",
        "https://auth.example.org?",
        "https://auth.example.org#a",
        "https://auth.example.org#",
        "ftp://auth.example.org",
        "auth.example.org",
        "https:auth",
        "urn:a:b",
        ""
      })
  void anIssuerIsAnAddressOfTheWebWithoutQueryAndFragment(String issuer) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AuthorizationServer(issuer, "latchkey"));
  }
}

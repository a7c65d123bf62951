package dev.latchkey.acceptance.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.web.http.HttpTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Spring Security as a resource server that knows the issuer, the audience and the client. */
final class SpringInteropTest extends HttpTest {

  private static final String PATH = "/.well-known/jwks.json";
  private static final String ISSUER = "https://auth.example.org";
  private static final String AUDIENCE = "latchkey";

  @Test
  void aResourceServerOnSpringSecurityTakesOurTokensAndNoOthers() {
    JwtDecoder resourceServer = springSecurity();
    String token = client.newcomer().access();

    Jwt jwt = resourceServer.decode(token);

    assertThat(jwt.getSubject()).isEqualTo(client.me(token).text("/id"));
    assertThatThrownBy(() -> resourceServer.decode(changed(token)))
        .isInstanceOf(BadJwtException.class)
        .hasMessageContaining("Invalid signature");
  }

  private JwtDecoder springSecurity() {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(published().toString())
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .validateType(false) // the validator below checks the type of RFC 9068 instead
            .build();
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .clientId("latchkey")
            .build());
    return decoder;
  }

  private URI published() {
    return node.address().resolve(PATH);
  }

  /**
   * With another tenth character of the signature: all its bits count, which is not so of the last
   * one.
   */
  private static String changed(String token) {
    int i = token.lastIndexOf('.') + 10;
    char other = token.charAt(i) == 'A' ? 'B' : 'A';
    return token.substring(0, i) + other + token.substring(i + 1);
  }
}

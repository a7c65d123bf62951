package dev.latchkey.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.resourceserver.Decision.Refused;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What needs no issuer. Everything else is in the list of cases that each kit passes. */
final class ResourceServerTest {

  private static final URI ADDRESS = URI.create("https://api.example.org/reports");

  @Test
  void twoAccessTokensAreOneTooMany() {
    try (ResourceServer server =
        ResourceServer.builder("https://auth.example.org").ignoreEndedSessions().start()) {
      var call = new Call("GET", ADDRESS, List.of("Bearer a", "Bearer b"), List.of());

      assertThat(server.check(call))
          .isInstanceOfSatisfying(
              Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }
  }

  @Test
  void theDescriptionOfACallContainsNoSecret() {
    var call = new Call("GET", ADDRESS, List.of("DPoP secret"), List.of("proof"));

    assertThat(call).hasToString("GET https://api.example.org/reports");
  }

  @Test
  void anAlgorithmThatHasNoPublicKeyIsNotAccepted() {
    ResourceServer.Builder settings = ResourceServer.builder("https://auth.example.org");

    assertThatIllegalArgumentException().isThrownBy(() -> settings.algorithms(Set.of("HS256")));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.algorithms(Set.of("none")));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.algorithms(Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> ResourceServer.builder("latchkey"));
  }
}

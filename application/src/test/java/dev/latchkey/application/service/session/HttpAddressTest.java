package dev.latchkey.application.service.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAddressTest {

  private static final String ADDRESS = "https://auth.example.org/oauth2/token";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://auth.example.org/oauth2/token",
        "HTTPS://AUTH.EXAMPLE.ORG/oauth2/token",
        "https://auth.example.org:443/oauth2/token",
        "https://auth.example.org:/oauth2/token",
        "https://auth.example.org/oauth2/token?a=b",
        "https://auth.example.org/oauth2/token#a"
      })
  void theSameResourceHasSeveralSpellings(String other) {
    assertThat(HttpAddress.equal(other, ADDRESS)).isTrue();
    assertThat(HttpAddress.equal(ADDRESS, other)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/oauth2/token",
        "http://auth.example.org/oauth2/token",
        "https://auth.example.org/oauth2/TOKEN",
        "https://auth.example.org/oauth2/token/",
        "https://auth.example.org:8443/oauth2/token",
        "https://auth.example.org.evil.example/oauth2/token",
        "https://evil.example/https://auth.example.org/oauth2/token",
        "https://ada@auth.example.org/oauth2/token",
        "ftp://auth.example.org/oauth2/token",
        "https://auth.example.org\\n/oauth2/token"
      })
  void anotherResourceIsNotEqual(String other) {
    assertThat(HttpAddress.equal(other, ADDRESS)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[::1]:8080/", "http://[::1]:8080"})
  void anAddressMayBeANumber(String address) {
    assertThat(HttpAddress.equal(address, "http://[::1]:8080/")).isTrue();
  }
}

package dev.latchkey.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningAlgorithmTest {

  @Test
  void hasTheNamesThatAreRegistered() {
    assertThat(SigningAlgorithm.values())
        .extracting(SigningAlgorithm::jwsName)
        .containsExactly("ES256", "RS256", "EdDSA");
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(SigningAlgorithm algorithm) {
    assertThat(SigningAlgorithm.ofJwsName(algorithm.jwsName())).contains(algorithm);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "none", "HS256", "es256", "EDDSA", "ES384", "ES256 "})
  void isNotFoundByAnyOtherName(String name) {
    assertThat(SigningAlgorithm.ofJwsName(name)).isEmpty();
  }
}

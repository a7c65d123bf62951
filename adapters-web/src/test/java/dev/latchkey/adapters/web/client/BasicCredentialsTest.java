package dev.latchkey.adapters.web.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.client.ClientId;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialsTest {

  /** The last is encoded like a form, as RFC 6749 §2.3.1 has it. */
  @ParameterizedTest
  @CsvSource({"a:b, a", "a:bc, a", "a:, a", "a:b:c, a", "a+b%3A%63:d, a b:c"})
  void readsIdAndSecret(String pair, String id) {
    assertThat(BasicCredentials.parse("Basic " + base64(pair)))
        .map(BasicCredentials::clientId)
        .contains(ClientId.of(id));
  }

  /** Of "a:bc", which is YTpiYw==. */
  @ParameterizedTest
  @ValueSource(strings = {"YTpiYw", "YTpiYw=", "YTpiYx=="})
  void refusesAnotherSpellingOfTheBase64(String token) {
    assertThat(BasicCredentials.parse("Basic YTpiYw==")).isPresent();
    assertThat(BasicCredentials.parse("Basic " + token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:\u00ff", "a:%ff", "a:\u00c0\u0080", "a:%c0%80", "a:%4", "a:%+1"})
  void refusesASecretThatIsNoText(String pair) {
    assertThat(BasicCredentials.parse("Basic " + base64(pair))).isEmpty();
  }

  private static String base64(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1));
  }
}

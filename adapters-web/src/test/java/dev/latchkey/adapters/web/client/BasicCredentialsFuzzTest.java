package dev.latchkey.adapters.web.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.adapters.web.request.FormBytes;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.client.ClientSecret;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Optional;

final class BasicCredentialsFuzzTest {

  /** The input is tried as the header, and as what the header encodes. */
  @FuzzTest
  void whatItReadsIsWhatWasSentInOneSpelling(byte[] input) {
    assertSentIfRead(new String(input, ISO_8859_1));
    assertSentIfRead("Basic " + Base64.getEncoder().encodeToString(input));
  }

  private static void assertSentIfRead(String header) {
    Optional<BasicCredentials> read = BasicCredentials.parse(header);
    if (read.isEmpty()) {
      return;
    }

    assertThat(BasicCredentials.isBasic(header.strip())).isTrue();
    String token = header.strip().substring("Basic".length()).strip();
    byte[] pair = Base64.getDecoder().decode(token);
    assertThat(Base64.getEncoder().encodeToString(pair)).isEqualTo(token);
    assertThat(new String(pair, UTF_8).getBytes(UTF_8)).isEqualTo(pair);

    String[] idAndSecret = new String(pair, UTF_8).split(":", 2);
    String id = decoded(idAndSecret[0]);
    String secret = decoded(idAndSecret[1]);
    assertAre(read, id, secret);
    assertAre(BasicCredentials.parse(encoded(id, secret)), id, secret);
  }

  private static String decoded(String text) {
    byte[] sent = FormBytes.of(text);
    String decoded = new String(sent, UTF_8);
    assertThat(decoded.getBytes(UTF_8)).isEqualTo(sent);
    return decoded;
  }

  /** As RFC 6749 §2.3.1 has it. */
  private static String encoded(String id, String secret) {
    String pair = URLEncoder.encode(id, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  private static void assertAre(Optional<BasicCredentials> credentials, String id, String secret) {
    assertThat(credentials.map(BasicCredentials::clientId)).contains(ClientId.of(id));
    assertThat(
            credentials.map(BasicCredentials::secret).map(secretRead -> secretRead.hash().text()))
        .contains(new ClientSecret(secret).hash().text());
  }
}

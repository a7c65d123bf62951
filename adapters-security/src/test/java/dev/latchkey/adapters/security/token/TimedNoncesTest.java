package dev.latchkey.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.security.key.MasterKeys;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimedNoncesTest {

  private static final String ONE = "1:" + "A".repeat(43) + "=";
  private static final String TWO = "2:" + "B".repeat(42) + "A=";
  private static final String OTHER_ONE = "1:" + "C".repeat(42) + "A=";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private final TimedNonces nonces = new TimedNonces(MasterKeys.parse(ONE));

  @Test
  void knowWhenTheyWereIssuedToTheMicrosecond() {
    assertThat(nonces.issuedAt(nonces.issue(NOW)))
        .contains(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void areRecognisedByEveryNodeWithTheSameMasterKeyAndByNoOther() {
    String nonce = nonces.issue(NOW);

    assertThat(new TimedNonces(MasterKeys.parse(ONE)).issuedAt(nonce)).isPresent();
    assertThat(new TimedNonces(MasterKeys.parse(OTHER_ONE)).issuedAt(nonce)).isEmpty();
    assertThat(new TimedNonces(MasterKeys.parse(TWO)).issuedAt(nonce)).isEmpty();
  }

  @Test
  void outliveAChangeOfTheMasterKey() {
    String nonce = nonces.issue(NOW);

    assertThat(new TimedNonces(MasterKeys.parse(TWO + "," + ONE)).issuedAt(nonce)).isPresent();
  }

  /** Also not for an earlier or a later time, or another key. */
  @Test
  void areRejectedAfterAnyChangeOfOneCharacter() {
    String nonce = nonces.issue(NOW);
    for (int i = 0; i < nonce.length(); i++) {
      char other = nonce.charAt(i) == 'A' ? 'B' : 'A';
      String changed = nonce.substring(0, i) + other + nonce.substring(i + 1);

      assertThat(nonces.issuedAt(changed)).as(changed).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "not a nonce",
        "????????????????????????????????",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void areNoOtherTexts(String text) {
    assertThat(nonces.issuedAt(text)).isEmpty();
  }
}

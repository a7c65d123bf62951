package dev.latchkey.adapters.security.token;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.adapters.security.Samples;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.testkit.RefreshTokensContract;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DerivedRefreshTokensTest extends RefreshTokensContract {

  private static final SessionId SESSION =
      new SessionId(UUID.fromString("01234567-89ab-4def-8123-456789abcdef"));
  private static final Salt SALT =
      new Salt(HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));

  private final RefreshTokens refreshTokens =
      new DerivedRefreshTokens(MasterKeys.parse("1:" + Samples.KEY + ",255:" + Samples.OTHER_KEY));

  @Override
  protected RefreshTokens refreshTokens(MasterKeyId current, Set<MasterKeyId> older) {
    String setting =
        Stream.concat(Stream.of(current), older.stream())
            .map(id -> id + ":" + Base64.getEncoder().encodeToString(masterKey(id)))
            .collect(joining(","));
    return new DerivedRefreshTokens(MasterKeys.parse(setting));
  }

  private static byte[] masterKey(MasterKeyId id) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) id.value());
    return key;
  }

  /**
   * The texts were computed with the hmac and hashlib modules of Python, from the definition alone.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 7, lkr_AQEBI0VniatN74EjRWeJq83vAAAAB79oHXVZ9Y73yGlDoHFplUKew6DVwNRsQFMb9n96a3ho",
    "255, 2147483647, lkr_Af8BI0VniatN74EjRWeJq83vf____0GSLebD9oetOJaiFvvcrgH_rUKH9e07GohcQXDcigVc"
  })
  void derivesWhatAnotherImplementationDerives(int masterKeyId, int generation, String text) {
    var token = new RefreshToken(SESSION, new Generation(generation), new MasterKeyId(masterKeyId));

    assertThat(refreshTokens.derive(token, SALT).reveal()).isEqualTo(text);
    assertThat(refreshTokens.parse(new TokenText(text))).contains(token);
  }

  @Test
  void recognisesNoTextWithAnyOneBitFlipped() {
    String text =
        refreshTokens
            .derive(new RefreshToken(SESSION, new Generation(7), new MasterKeyId(1)), SALT)
            .reveal();
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(4));

    assertThat(bytes).hasSize(54);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(isAuthentic(textOf(bytes))).as("bit %d", bit).isFalse();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(isAuthentic(textOf(bytes))).isTrue();
  }

  @Test
  void doesNotReadANegativeGeneration() {
    byte[] bytes = new byte[54];
    bytes[0] = 1;
    bytes[1] = 1;
    assertThat(refreshTokens.parse(new TokenText(textOf(bytes)))).isPresent();

    bytes[18] = (byte) 0x80;
    assertThat(refreshTokens.parse(new TokenText(textOf(bytes)))).isEmpty();
  }

  @Test
  void doesNotReadAnotherVersion() {
    byte[] bytes = new byte[54];
    bytes[1] = 1;

    for (int version = 0; version < 256; version++) {
      bytes[0] = (byte) version;
      assertThat(refreshTokens.parse(new TokenText(textOf(bytes))).isPresent())
          .isEqualTo(version == 1);
    }
  }

  @Test
  void doesNotReadAnotherMasterKey() {
    byte[] bytes = new byte[54];
    bytes[0] = 1;

    for (int masterKeyId = 0; masterKeyId < 256; masterKeyId++) {
      bytes[1] = (byte) masterKeyId;
      assertThat(refreshTokens.parse(new TokenText(textOf(bytes))).isPresent())
          .isEqualTo(masterKeyId == 1 || masterKeyId == 255);
    }
  }

  private boolean isAuthentic(String text) {
    var tokenText = new TokenText(text);
    return refreshTokens
        .parse(tokenText)
        .filter(token -> refreshTokens.derive(token, SALT).equals(tokenText))
        .isPresent();
  }

  private static String textOf(byte[] bytes) {
    return "lkr_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

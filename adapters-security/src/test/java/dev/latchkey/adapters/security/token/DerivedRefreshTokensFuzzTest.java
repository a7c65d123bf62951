package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.adapters.security.Samples;
import dev.latchkey.adapters.security.key.MasterKeys;
import dev.latchkey.application.port.out.session.RefreshTokens;
import dev.latchkey.domain.session.RefreshToken;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.token.TokenText;
import java.util.Base64;
import java.util.HexFormat;

final class DerivedRefreshTokensFuzzTest {

  private static final String PREFIX = "lkr_";
  private static final Salt SALT =
      new Salt(HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));

  /** What says which token it is; the tag follows. */
  private static final int NAME_LENGTH = 22;

  private final RefreshTokens refreshTokens =
      new DerivedRefreshTokens(MasterKeys.parse("1:" + Samples.KEY + ",255:" + Samples.OTHER_KEY));

  /** The input is tried as the text, and as the bytes that a text is made of. */
  @FuzzTest
  void whatItReadsHasTheNameThatItWrites(byte[] input) {
    assertNamedIfRead(new String(input, ISO_8859_1));
    assertNamedIfRead(textOf(input));
  }

  private void assertNamedIfRead(String text) {
    refreshTokens.parse(new TokenText(text)).ifPresent(token -> assertNamed(token, text));
  }

  private void assertNamed(RefreshToken token, String text) {
    TokenText derived = refreshTokens.derive(token, SALT);

    assertThat(refreshTokens.parse(derived)).contains(token);
    assertThat(nameIn(text)).isEqualTo(nameIn(derived.reveal()));
    assertThat(textOf(bytesIn(text))).isEqualTo(text);
  }

  private static String nameIn(String text) {
    return HexFormat.of().formatHex(bytesIn(text), 0, NAME_LENGTH);
  }

  private static String textOf(byte[] bytes) {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytesIn(String text) {
    return Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
  }
}

package dev.latchkey.domain.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {

  private static final byte[] RANDOM = {
    0x00,
    0x44,
    0x32,
    0x14,
    (byte) 0xC7,
    0x42,
    0x54,
    (byte) 0xB6,
    0x35,
    (byte) 0xCF,
    (byte) 0x84,
    0x65,
    0x3A,
    0x56,
    (byte) 0xD7
  };

  private final Code code = Code.of(RANDOM);

  @Test
  void isWrittenInGroupsWithoutCharactersThatLookAlike() {
    assertThat(code.reveal()).isEqualTo("0123-4567-89AB-CDEF-GHJK-MNPQ");
  }

  @Test
  void hasAllItsBits() {
    byte[] bytes = new byte[Code.BYTES];
    Arrays.fill(bytes, (byte) 0xFF);

    assertThat(Code.of(bytes).reveal()).isEqualTo("ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123-4567-89AB-CDEF-GHJK-MNPQ",
        "0123456789ABCDEFGHJKMNPQ",
        "0123-4567-89ab-cdef-ghjk-mnpq",
        " 0123 4567 89AB CDEF GHJK MNPQ\n",
        "oi23-4567-89AB-CDEF-GHJK-MNPQ",
        "Ol23-4567-89AB-CDEF-GHJK-MNPQ"
      })
  void isTheSameHoweverItIsTyped(String text) {
    assertThat(Code.parse(text).orElseThrow().hash()).isEqualTo(code.hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123-4567-89AB-CDEF-GHJK-MNP",
        "0123-4567-89AB-CDEF-GHJK-MNPQ0",
        "0123-4567-89AB-CDEF-GHJK-MNPU",
        "0123-4567-89AB-CDEF-GHJK-MNP!",
        "0123-4567-89AB-CDEF-GHJK-MNPQ                                                            "
      })
  void isNothingElse(String text) {
    assertThat(Code.parse(text)).isEmpty();
  }

  @Test
  void isKeptAsAHashThatDiffersFromEveryOther() {
    byte[] other = RANDOM.clone();
    other[14]++;

    assertThat(code.hash()).isEqualTo(Code.of(RANDOM).hash()).hasSameHashCodeAs(code.hash());
    assertThat(code.hash()).isNotEqualTo(Code.of(other).hash());
    assertThat(code.hash().bytes()).hasSize(32);
    assertThat(new CodeHash(code.hash().bytes())).isEqualTo(code.hash());
    assertThat(code.hash().toString()).hasSize(64);
  }

  @Test
  void doesNotShowItself() {
    assertThat(code).hasToString("Code[redacted]");
  }

  @Test
  void isMadeOf15Bytes() {
    assertThatIllegalArgumentException().isThrownBy(() -> Code.of(new byte[14]));
  }

  @Test
  void livesAsLongAsItsPurposeNeeds() {
    assertThat(CodePurpose.values())
        .allSatisfy(purpose -> assertThat(purpose.lifetime()).isPositive());
    assertThat(CodePurpose.PASSWORD_RESET.lifetime()).hasMinutes(30);
  }
}

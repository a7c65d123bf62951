package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Codes;
import dev.latchkey.domain.text.Parsed;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewPasswordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678",
        "aaaaaaaa",
        "a b c d ",
        "correct horse battery staple",
        "пароль-пароль"
      })
  void asksForNoMixtureOfCharacters(String text) {
    assertThat(NewPassword.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(NewPassword.of(text).password().reveal()).isEqualTo(text);
  }

  @Test
  void has8To128Characters() {
    assertThat(Codes.of(NewPassword.parse("🦆".repeat(7)))).isEqualTo("too_short");
    assertThat(NewPassword.parse("🦆".repeat(8))).isInstanceOf(Parsed.Valid.class);
    assertThat(NewPassword.parse("🦆".repeat(128))).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(NewPassword.parse("🦆".repeat(129)))).isEqualTo("too_long");
    assertThat(Codes.of(NewPassword.parse("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  /**
   * Form NFKC makes one character of the two of the first text, and 18 of the one of the second.
   */
  @Test
  void countsCharactersBeforeAndAfterNormalization() {
    String composed = "e\u0301";
    assertThat(Codes.of(NewPassword.parse(composed.repeat(4)))).isEqualTo("too_short");
    assertThat(Codes.of(NewPassword.parse(composed.repeat(7)))).isEqualTo("too_short");
    assertThat(NewPassword.parse(composed.repeat(8))).isInstanceOf(Parsed.Valid.class);

    String ligature = "\ufdfa";
    assertThat(Codes.of(NewPassword.parse(ligature))).isEqualTo("too_short");
    assertThat(Codes.of(NewPassword.parse(ligature.repeat(8)))).isEqualTo("too_long");
    assertThat(Codes.of(NewPassword.parse("a".repeat(111) + ligature))).isEqualTo("too_long");
    assertThat(NewPassword.parse("a".repeat(110) + ligature)).isInstanceOf(Parsed.Valid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "        ",
        "\u00a0\u3000\u2003 \u00a0\u3000\u2003 ",
        "123          ",
        "ab     cd",
        " 12345\u2003\u2003 "
      })
  void countsARunOfSpacesOnce(String text) {
    assertThat(Codes.of(NewPassword.parse(text))).isEqualTo("too_short");
    assertThat(NewPassword.parse(text + "correct horse")).isInstanceOf(Parsed.Valid.class);
  }

  /**
   * Zero width space, word joiner, byte order mark, override, tag, variation selector, fillers,
   * soft hyphen.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u200b",
        "\u2060",
        "\ufeff",
        "\u202e",
        "\udb40\udc41",
        "\ufe0f",
        "\u3164",
        "\u115f",
        "\u00ad",
        "\u2800"
      })
  void doesNotCountInvisibleCharacters(String character) {
    assertThat(Codes.of(NewPassword.parse(character.repeat(8)))).isEqualTo("too_short");
    assertThat(Codes.of(NewPassword.parse("1234567" + character.repeat(8)))).isEqualTo("too_short");
    assertThat(Codes.of(NewPassword.parse((character + " ").repeat(8)))).isEqualTo("too_short");
    assertThat(NewPassword.parse("1234" + character + "5678")).isInstanceOf(Parsed.Valid.class);
  }

  /**
   * What is hashed is the normalized text, so the rules must say the same of both; random texts of
   * odd characters.
   */
  @Test
  void isAcceptedAsItIsKeptIfItIsAcceptedAsItIsTyped() {
    int[] alphabet =
        "aé1 \u0301\u00a0\u3000\u200b\ufe0f\u3164\uffa0\ufdfa\ufb01🦆\u1100\u1161\u00b4"
            .codePoints()
            .toArray();
    var random = new Random(1);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      var typed = new StringBuilder();
      random
          .ints(1 + random.nextInt(30), 0, alphabet.length)
          .forEach(index -> typed.appendCodePoint(alphabet[index]));
      if (NewPassword.parse(typed.toString()) instanceof Parsed.Valid<NewPassword> valid) {
        accepted++;
        String kept = valid.value().password().reveal();
        assertThat(NewPassword.parse(kept)).as(typed.toString()).isInstanceOf(Parsed.Valid.class);
        assertThat(NewPassword.of(kept).password().reveal()).isEqualTo(kept);
      }
    }
    assertThat(accepted).isBetween(1_000, 19_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ada.Lovelace",
        "ADA.LOVELACE",
        " ada.lovelace ",
        "\u3000ada.lovelace",
        "ada.lovelace\u200b",
        "\uff41\uff44\uff41.lovelace",
        "ada.lo\u200bvelace1815",
        "ada.lovelace1815",
        "AdaLovelace_1815!",
        "lovelace",
        "1234567lovelace",
        "adaadaadaadaadaadaada",
        "countess@example.org",
        "Countess@Example.ORG ",
        "countess",
        "CountessCountess",
        "example2026!!!!!!!!",
        "latchkey123",
        "LatchKey-2026",
        "acme rockets",
        "RocketsOfAcme",
        "countess of acme",
        "login.acme",
        "latchkey: ada.lovelace!"
      })
  void isLittleMoreThanWordsThatEverybodyWouldTry(String text) {
    assertThat(isLittleForAda(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678lovelace",
        "ada and seven quiet herons",
        "countess at the harbour",
        "four herons, latchkey",
        "rocketsrocketsandsomemore",
        "comfortable",
        "organized",
        "!!!!!!!!!!",
        "lovelac3",
        "latchkey🦆🦆🦆🦆🦆🦆🦆🦆"
      })
  void mayContainThem(String text) {
    assertThat(isLittleForAda(text)).isFalse();
  }

  private static boolean isLittleForAda(String text) {
    return NewPassword.of(text)
        .isLittleMoreThan(
            ContextWords.ofInstallation("login.acme.com", List.of("Acme Rockets"))
                .and(Username.of("Ada.Lovelace"), EmailAddress.of("Countess@example.org")));
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(NewPassword.parse(""))).isEqualTo("required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567\0", "12345678\n", "\ud83e2345678"})
  void refusesWhatCannotBeTyped(String text) {
    assertThat(Codes.of(NewPassword.parse(text))).isEqualTo("forbidden_character");
    assertThatIllegalArgumentException().isThrownBy(() -> NewPassword.of(text));
  }

  @Test
  void recommends15Characters() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewPassword.of("short"))
        .withMessageContaining("15");
  }

  @Test
  void isRedacted() {
    assertThat(NewPassword.of("correct horse")).hasToString("NewPassword[redacted]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NewPassword.of("hunter2"))
        .withMessageNotContaining("hunter2");
  }
}

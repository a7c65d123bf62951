package dev.latchkey.adapters.security.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.adapters.security.Samples;
import dev.latchkey.domain.key.MasterKeyId;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MasterKeysTest {

  @Test
  void readsABareKeyAsNumberOne() {
    MasterKeys keys = MasterKeys.parse(Samples.KEY);

    assertThat(keys.currentId()).isEqualTo(new MasterKeyId(1));
    assertThat(keys.revealSetting()).isEqualTo("1:" + Samples.KEY);
  }

  @Test
  void takesTheFirstKeyForTheCurrentOne() {
    MasterKeys keys = MasterKeys.parse("7:" + Samples.KEY + ",3:" + Samples.OTHER_KEY);

    assertThat(keys.currentId()).isEqualTo(new MasterKeyId(7));
    assertThat(ids(keys)).containsExactlyInAnyOrder(new MasterKeyId(7), new MasterKeyId(3));
  }

  @Test
  void readsEveryIdThatFitsAByte() {
    assertThat(ids(MasterKeys.parse("0:" + Samples.KEY + ",255:" + Samples.OTHER_KEY)))
        .containsExactlyInAnyOrder(new MasterKeyId(0), new MasterKeyId(255));
  }

  @Test
  void readsWhatAFileEndsWithAndSpacesAroundEntries() {
    assertThat(ids(MasterKeys.parse(" 2:" + Samples.KEY + " , 1:" + Samples.OTHER_KEY + "\n")))
        .containsExactlyInAnyOrder(new MasterKeyId(2), new MasterKeyId(1));
  }

  @Test
  void writesWhatItReads() {
    String setting = "7:" + Samples.KEY + ",3:" + Samples.OTHER_KEY;

    assertThat(MasterKeys.parse(setting).revealSetting()).isEqualTo(setting);
  }

  @Test
  void generatesAKeyFromTheGivenRandomness() {
    assertThat(MasterKeys.generate(Samples.constantRandom(0)).revealSetting())
        .isEqualTo("1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  }

  @Test
  void generatesAnotherKeyEachTime() {
    var random = new SecureRandom();

    assertThat(MasterKeys.generate(random).revealSetting())
        .isNotEqualTo(MasterKeys.generate(random).revealSetting());
  }

  @Test
  void derivesOtherKeysForOtherPurposes() {
    MasterKeys keys = MasterKeys.parse(Samples.KEY);

    assertThat(keys.derive("one", "AES"))
        .isEqualTo(keys.derive("one", "AES"))
        .isNotEqualTo(keys.derive("two", "AES"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        ":",
        "1:",
        "changeit-changeit-changeit",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==", // 31 bytes
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", // 33 bytes
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", // no padding
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=", // bits that are not used
        "__ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", // the alphabet of URLs
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "256:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "-1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "x:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "\u0661:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=;2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
        "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,1:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,01:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="
      })
  void refusesAnythingElseAndRepeatsNothingOfIt(String setting) {
    assertThatThrownBy(() -> MasterKeys.parse(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .startsWith("it must be ")
        .contains("openssl rand -base64 32")
        .doesNotContain("ECAwQF", "0001020304", "changeit");
  }

  @Test
  void saysWhichEntryIsWrong() {
    assertThatThrownBy(() -> MasterKeys.parse(Samples.KEY + ",oops"))
        .hasMessageEndingWith("entry 2 is not of that form");
    assertThatThrownBy(() -> MasterKeys.parse("4:" + Samples.KEY + ",4:" + Samples.OTHER_KEY))
        .hasMessageEndingWith("entry 2 repeats the id 4");
  }

  @Test
  void doesNotPrintAKey() {
    assertThat(MasterKeys.parse("7:" + Samples.KEY))
        .asString()
        .contains("7")
        .doesNotContain(Samples.KEY);
  }

  private static Set<MasterKeyId> ids(MasterKeys keys) {
    return keys.derive("test", "AES").keySet();
  }
}

package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.text.Codes;
import dev.latchkey.domain.text.Parsed;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {

  private static final String LOCAL_64 = "l".repeat(64);
  private static final String LABEL_63 = "d".repeat(63);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.org",
        "Ada.Lovelace@Example.ORG",
        "a@b.c",
        "ada+tag@example.org",
        "a.b.c@a.b.c.d.e.f",
        "!#$%&'*+/=?^_`{|}~-@example.org",
        "-@example.org",
        "0@0.co",
        "ada@1and1.com",
        "ada@xn--bcher-kva.example",
        "ada@example.xn--p1ai",
        "ada@a--b.org"
      })
  void acceptsDotAtomsAtDomainNames(String text) {
    assertThat(EmailAddress.parse(text)).isInstanceOf(Parsed.Valid.class);
    assertThat(EmailAddress.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "@",
        "@example.org",
        "ada@",
        "ada@example",
        "ada@@example.org",
        "ada@b@example.org",
        ".ada@example.org",
        "ada.@example.org",
        "ada..lovelace@example.org",
        "ada@.example.org",
        "ada@example.org.",
        "ada@example..org",
        "ada@-example.org",
        "ada@example-.org",
        "ada@example.-org",
        "ada@example.org-",
        "ada@exa_mple.org",
        "ada lovelace@example.org",
        " ada@example.org",
        "ada@example.org ",
        "\"ada\"@example.org",
        "ada@[192.0.2.1]",
        "ada@192.0.2.1",
        "ada@example.123",
        "Ada <ada@example.org>",
        "ada@example.org,eve@example.org",
        "ada@example.org;eve@example.org",
        "ad\u0131@example.org",
        "\u0130da@example.org",
        "ada@ex\u00e4mple.org",
        "ada@example\u3002org",
        "ada@example.or\u212a",
        "ada\u200b@example.org",
        "\ud83e\udd86@example.org"
      })
  void refusesAnythingElse(String text) {
    assertThat(Codes.of(EmailAddress.parse(text))).isEqualTo("invalid_format");
    assertThatIllegalArgumentException().isThrownBy(() -> EmailAddress.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.org\n",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada\0@example.org",
        "ada\ud83e@example.org"
      })
  void refusesForbiddenCharacters(String text) {
    assertThat(Codes.of(EmailAddress.parse(text))).isEqualTo("forbidden_character");
  }

  @Test
  void refusesAnEmptyText() {
    assertThat(Codes.of(EmailAddress.parse(""))).isEqualTo("required");
  }

  @Test
  void hasAtMost64CharactersBeforeTheAt() {
    assertThat(EmailAddress.parse(LOCAL_64 + "@example.org")).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(EmailAddress.parse(LOCAL_64 + "l@example.org")))
        .isEqualTo("invalid_format");
  }

  @Test
  void hasAtMost63CharactersInALabel() {
    assertThat(EmailAddress.parse("ada@" + LABEL_63 + ".org")).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(EmailAddress.parse("ada@" + LABEL_63 + "d.org")))
        .isEqualTo("invalid_format");
  }

  @Test
  void hasAtMost254Characters() {
    String of254 = LOCAL_64 + "@" + LABEL_63 + "." + LABEL_63 + "." + "d".repeat(61);

    assertThat(of254).hasSize(254);
    assertThat(EmailAddress.parse(of254)).isInstanceOf(Parsed.Valid.class);
    assertThat(Codes.of(EmailAddress.parse(of254 + "d"))).isEqualTo("too_long");
    assertThat(Codes.of(EmailAddress.parse("a".repeat(1_000_000)))).isEqualTo("too_long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.",
        "a@a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.!",
        "a@a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-a-",
        "a@------------------------------------------------------------------------------------------------",
        "a@1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
        "a@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@"
      })
  void judgesATextThatIsMadeToKeepARegularExpressionBusy(String text) {
    assertThat(Codes.of(EmailAddress.parse(text))).isEqualTo("invalid_format");
  }

  @Test
  void isTheSameAddressInAnyCase() {
    assertThat(EmailAddress.of("Ada@Example.org"))
        .isEqualTo(EmailAddress.of("aDA@eXAMPLE.ORG"))
        .hasSameHashCodeAs(EmailAddress.of("aDA@eXAMPLE.ORG"))
        .isNotEqualTo(EmailAddress.of("ada@example.com"))
        .doesNotHaveSameHashCodeAs(EmailAddress.of("ada@example.com"));
    assertThat(EmailAddress.of("Ada@Example.org").key()).isEqualTo("ada@example.org");
  }

  @Test
  void isTheSameAddressWhateverLanguageTheServerSpeaks() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.of("tr", "TR"));
    try {
      assertThat(EmailAddress.of("INGRID@MAIL.IO")).isEqualTo(EmailAddress.of("ingrid@mail.io"));
      assertThat(EmailAddress.of("INGRID@MAIL.IO").key()).isEqualTo("ingrid@mail.io");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "ada@localhost", "ädä@example.org"})
  void keepsWhatWasStoredWhateverTheRulesAreNow(String text) {
    assertThat(EmailAddress.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThat(EmailAddress.stored(text)).hasToString(text);
  }

  @Test
  void keepsTheTextAsItWasWritten() {
    assertThat(EmailAddress.of("Ada@Example.org").text()).isEqualTo("Ada@Example.org");
  }
}

package dev.latchkey.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContextWordsTest {

  @Test
  void areTheServiceItsHostWhatTheOperatorAddsAndTheUser() {
    ContextWords words =
        ContextWords.ofInstallation("auth.example.com", List.of("ACME", " Rocket Works "))
            .and(Username.of("Grace_Hopper"), EmailAddress.of("g.hopper+navy@mail.arlington.mil"));

    assertThat(
            words.takenOutOf(
                "1latchkey2auth3example4acme5rocket6works7grace8hopper9navy0mail1arlington2"))
        .isEqualTo("1234567890" + "12");
  }

  @Test
  void areTextsAsAWholeEvenIfTheirPartsAreTooShort() {
    ContextWords words =
        ContextWords.ofInstallation("", List.of("R&D"))
            .and(Username.of("j.d"), EmailAddress.of("j@d.engineering"));

    assertThat(words.takenOutOf("r&d, j.d, j@d.engineering")).isEqualTo(", , ");
  }

  @Test
  void areNotTheLastLabelOfADomainName() {
    ContextWords words =
        ContextWords.ofInstallation("id.acme.com", List.of())
            .and(Username.of("ada"), EmailAddress.of("countess@example.org"));

    assertThat(words.takenOutOf("organized comfort")).isEqualTo("organized comfort");
  }

  @Test
  void areTheOnlyLabelOfAHost() {
    assertThat(ContextWords.ofInstallation("intranet", List.of()).takenOutOf("intranet")).isEmpty();
  }

  @Test
  void areTakenOutWhereTheyOverlapAndRepeat() {
    ContextWords words = ContextWords.ofInstallation("", List.of("anan", "nanny"));

    assertThat(words.takenOutOf("banananny")).isEqualTo("b");
  }

  @Test
  void areComparedInFormNfkcWithoutInvisibleCharacters() {
    ContextWords words = ContextWords.ofInstallation("", List.of("Cafe\u0301\u200b", "\ufb01sh"));

    assertThat(words.takenOutOf(ContextWords.folded("CAF\u00c9-FISH-\uff23af\u00e9")))
        .isEqualTo("--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hr", "\u200b\u200b\u200bit"})
  void needThreeCharacters(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContextWords.ofInstallation("", List.of("acme", text)))
        .withMessageContaining("3 characters");
  }

  @Test
  void leaveATextAsItIsThatHasNone() {
    String text = "four quiet herons at dusk";
    assertThat(ContextWords.ofInstallation("", List.of()).takenOutOf(text)).isEqualTo(text);
  }
}

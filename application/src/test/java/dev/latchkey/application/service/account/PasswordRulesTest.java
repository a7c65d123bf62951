package dev.latchkey.application.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.service.account.PasswordRules.Refusal;
import dev.latchkey.domain.user.ContextWords;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.NewPassword;
import dev.latchkey.domain.user.Username;
import dev.latchkey.testkit.FakeBreachedPasswords;
import dev.latchkey.testkit.FakeCommonPasswords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordRulesTest {

  private final PasswordRules rules =
      new PasswordRules(
          new FakeCommonPasswords(),
          new FakeBreachedPasswords(),
          ContextWords.ofInstallation("id.acme.com", List.of("Rocketeer")));

  @ParameterizedTest
  @ValueSource(
      strings = {"latchkey1", "acme-2026", "rocketeers", "correct1815", "countess@example.org"})
  void refuseWordsOfTheInstallationAndOfTheUser(String text) {
    assertThat(judge(text)).contains(Refusal.TOO_SIMILAR);
  }

  @Test
  void refuseACommonPassword() {
    assertThat(judge(FakeCommonPasswords.COMMON)).contains(Refusal.TOO_COMMON);
  }

  @Test
  void refuseALeakedPassword() {
    assertThat(judge(FakeBreachedPasswords.BREACHED)).contains(Refusal.BREACHED);
  }

  @Test
  void acceptWhatOnlyContainsAWord() {
    assertThat(judge("correct horse battery staple")).isEmpty();
  }

  private Optional<Refusal> judge(String text) {
    return rules.judge(
        NewPassword.of(text), Username.of("correct"), EmailAddress.of("countess@example.org"));
  }
}

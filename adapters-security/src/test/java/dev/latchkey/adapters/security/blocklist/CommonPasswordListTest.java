package dev.latchkey.adapters.security.blocklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.domain.user.Password;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommonPasswordListTest {

  private final CommonPasswordList list = new CommonPasswordList();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "PassWord",
        "12345678",
        "qwertyuiop",
        "QWERTYUIOP",
        "Superman",
        "abdominal",
        "government",
        "Christopher",
        "McLaughlin",
        "\uff50assword",
        "pass\u200bword"
      })
  void containsWhatEverybodyTakes(String text) {
    assertThat(list.contains(Password.of(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"four quiet herons at dusk", "password ", "passwörd", "Tr0ub4dor&3zq"})
  void doesNotContainWhatNobodyTakes(String text) {
    assertThat(list.contains(Password.of(text))).isFalse();
  }

  @Test
  void leavesOutWhatIsTooShortAnyway() {
    assertThat(list.contains(Password.of("qwerty"))).isFalse();
  }

  @Test
  void hasMoreThan50000ThatAreLongEnoughForANewPassword() {
    assertThat(list.size()).isGreaterThan(50_000);
  }

  @Test
  void isNotMadeWithoutItsLists() {
    assertThatThrownBy(() -> new CommonPasswordList(List.of("/missing.txt")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/missing.txt");
  }
}

package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceTest {

  @Test
  void mayBeUnknown() {
    var facts = new Device(null, null);

    assertThat(facts.address()).isNull();
    assertThat(facts.userAgent()).isNull();
  }

  @Test
  void keepsAnOrdinaryUserAgentAsItIs() {
    String userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Ünïcødé 🦆";

    assertThat(new Device("2001:db8::1", userAgent).userAgent()).isEqualTo(userAgent);
  }

  @Test
  void cutsALongUserAgent() {
    assertThat(userAgent("a".repeat(256))).isEqualTo("a".repeat(256));
    assertThat(userAgent("a".repeat(257))).isEqualTo("a".repeat(256));
    assertThat(userAgent("a".repeat(1_000_000))).isEqualTo("a".repeat(256));
  }

  @Test
  void cutsBetweenCharactersAndNotWithinOne() {
    assertThat(userAgent("🦆".repeat(300))).isEqualTo("🦆".repeat(256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "\n",
        "\r\n",
        "\t",
        "\u001b",
        "\u0085",
        "\ud800",
        "\udc00",
        "\udc00\ud800",
        "\u2028",
        "\u2029",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\ufeff",
        "\udb40\udc41"
      })
  void dropsWhatCannotBeStoredOrShown(String text) {
    assertThat(userAgent("a" + text + "b")).isEqualTo("ab");
  }

  private static @Nullable String userAgent(String text) {
    return new Device(null, text).userAgent();
  }
}

package dev.latchkey.domain.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientIdTest {

  @Test
  void isItsText() {
    ClientId id = ClientId.of("orders");

    assertThat(id.text()).isEqualTo("orders");
    assertThat(id).hasToString("orders");
    assertThat(id).isEqualTo(ClientId.of("orders")).hasSameHashCodeAs(ClientId.of("orders"));
    assertThat(id).isNotEqualTo(ClientId.of("Orders")).isNotEqualTo("orders");
    assertThat(id.hashCode()).isNotEqualTo(ClientId.of("Orders").hashCode());
  }

  /** The rules for new ones may have become stricter since. */
  @Test
  void isReadAsItWasStored() {
    assertThat(ClientId.stored("\u00e9").text()).isEqualTo("\u00e9");
  }
}

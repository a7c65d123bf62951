package dev.latchkey.adapters.security.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class SignatureProviderTest {

  /** Otherwise every exchange would take a third longer, and nobody would notice why. */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void isNativeWhereThereIsCodeForTheMachine() {
    assertThat(SignatureProvider.fastest().isNative()).isTrue();
  }

  @Test
  void saysWhoItIs() {
    assertThat(SignatureProvider.JDK).hasToString("the JDK");
    assertThat(SignatureProvider.JDK.isNative()).isFalse();
  }
}

package dev.latchkey.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.Identifiers;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SecureIdentifiersTest {

  @Test
  void makesRandomUuidsOfVersion4() {
    assertThat(new SecureIdentifiers(Samples.constantRandom(0x00)).newUserId())
        .hasToString("00000000-0000-4000-8000-000000000000");
    assertThat(new SecureIdentifiers(Samples.constantRandom(0xff)).newSessionId())
        .hasToString("ffffffff-ffff-4fff-bfff-ffffffffffff");
  }

  @Test
  void fillsTheWholeSalt() {
    assertThat(new SecureIdentifiers(Samples.constantRandom(0xff)).newSalt().bytes())
        .containsOnly(0xff);
  }

  @Test
  void givesNothingTwice() {
    Identifiers identifiers = new SecureIdentifiers(new SecureRandom());
    Set<Object> seen = new HashSet<>();

    for (int i = 0; i < 100; i++) {
      assertThat(seen.add(identifiers.newUserId())).isTrue();
      assertThat(seen.add(identifiers.newSessionId())).isTrue();
      assertThat(seen.add(identifiers.newSalt())).isTrue();
    }
  }
}

package dev.latchkey.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.Identifiers;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SecureIdentifiersTest {

  /** 122 random bits (RFC 9562 §5.4). */
  @Test
  void makesRandomUuidsOfVersion4() {
    var identifiers = new SecureIdentifiers(new SecureRandom());

    assertThat(identifiers.newUserId().value().version()).isEqualTo(4);
    assertThat(identifiers.newSessionId().value().version()).isEqualTo(4);
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
      assertThat(seen.add(identifiers.newCode().hash())).isTrue();
    }
  }
}

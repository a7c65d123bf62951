package dev.latchkey.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SessionIdTest {

  @Test
  void readsAsItsUuid() {
    var id = new SessionId(UUID.fromString("0192a7c4-5b1e-7c3d-8f00-1234567890ab"));

    assertThat(id).hasToString("0192a7c4-5b1e-7c3d-8f00-1234567890ab");
  }
}

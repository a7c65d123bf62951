package dev.latchkey.adapters.security.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.attempt.Digests;
import dev.latchkey.testkit.DigestsContract;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyedDigestsTest extends DigestsContract {

  private final MasterKeys masterKeys = MasterKeys.generate(new SecureRandom());

  @Override
  protected Digests digests() {
    return new KeyedDigests(masterKeys);
  }

  @Test
  void areTheSameOnAllNodes() {
    assertThat(digests().of("ada")).isEqualTo(digests().of("ada"));
  }

  @Test
  void differUnderAnotherMasterKey() {
    assertThat(new KeyedDigests(MasterKeys.generate(new SecureRandom())).of("ada"))
        .isNotEqualTo(digests().of("ada"));
  }
}

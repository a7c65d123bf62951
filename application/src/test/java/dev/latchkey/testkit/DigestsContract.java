package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.out.attempt.Digests;
import org.junit.jupiter.api.Test;

/** What every {@link Digests} keeps to. */
public abstract class DigestsContract {

  protected abstract Digests digests();

  @Test
  void areTheSameForTheSameText() {
    assertThat(digests().of("ada")).isEqualTo(digests().of("ada"));
  }

  @Test
  void differForDifferentTexts() {
    assertThat(digests().of("ada")).isNotEqualTo(digests().of("adA"));
    assertThat(digests().of("")).isNotEqualTo(digests().of("ada"));
  }
}

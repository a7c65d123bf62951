package dev.latchkey.application.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasureMailLagServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final MeasureMailLagService lag =
      new MeasureMailLagService(latchkey.stores().outbox(), latchkey.clock());

  @Test
  void isZeroIfNoMailWaits() {
    assertThat(lag.execute()).isZero();
  }

  @Test
  void isTheAgeOfTheOldestMail() {
    var _ = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofSeconds(3));
    var _ = latchkey.registered("grace");
    latchkey.clock().advance(Duration.ofSeconds(4));

    assertThat(lag.execute()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void isNeverNegative() {
    var _ = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofSeconds(-1));

    assertThat(lag.execute()).isZero();
  }
}

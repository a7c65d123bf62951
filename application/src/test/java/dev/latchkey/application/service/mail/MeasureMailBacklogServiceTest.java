package dev.latchkey.application.service.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.mail.MeasureMailBacklog.Backlog;
import dev.latchkey.testkit.Stores;
import dev.latchkey.testkit.TestApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeasureMailBacklogServiceTest {

  private final TestApplication latchkey = TestApplication.on(Stores.inMemory());
  private final MeasureMailBacklogService backlog =
      new MeasureMailBacklogService(latchkey.stores().outbox(), latchkey.clock());

  @Test
  void isNothingIfNoMailWaits() {
    assertThat(backlog.execute()).isEqualTo(new Backlog(0, Duration.ZERO));
  }

  @Test
  void isTheNumberOfMailsAndTheAgeOfTheOldest() {
    var _ = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofSeconds(3));
    var _ = latchkey.registered("grace");
    latchkey.clock().advance(Duration.ofSeconds(4));

    assertThat(backlog.execute()).isEqualTo(new Backlog(2, Duration.ofSeconds(7)));
  }

  @Test
  void hasNoNegativeAge() {
    var _ = latchkey.registered("ada");
    latchkey.clock().advance(Duration.ofSeconds(-1));

    assertThat(backlog.execute()).isEqualTo(new Backlog(1, Duration.ZERO));
  }
}

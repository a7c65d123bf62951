package dev.latchkey.domain.token;

import static dev.latchkey.domain.session.SessionExamples.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionExamples;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeewayTest {

  private static final Instant EXPIRY = START.plusSeconds(300);

  private final Session session = SessionExamples.started();
  private final AccessToken token =
      new AccessToken(
          session.userId(),
          session.id(),
          session.clientId(),
          Username.of("ada"),
          Set.of(),
          START,
          START,
          EXPIRY,
          null);

  @Test
  void noLeewayIsOverWithTheExpiry() {
    assertThat(Leeway.NONE.isExpired(token, EXPIRY.minusMillis(1))).isFalse();
    assertThat(Leeway.NONE.isExpired(token, EXPIRY)).isTrue();
  }

  @Test
  void aLeewayBeginsWithTheExpiry() {
    var leeway = new Leeway(Duration.ofSeconds(30));

    assertThat(leeway.isExpired(token, EXPIRY.plusSeconds(30).minusMillis(1))).isFalse();
    assertThat(leeway.isExpired(token, EXPIRY.plusSeconds(30))).isTrue();
  }

  @Test
  void aTokenFromALaterTimeIsYetToComeUnlessClocksMayDifferThatMuch() {
    assertThat(Leeway.NONE.isNotYetValid(token, START)).isFalse();
    assertThat(Leeway.NONE.isNotYetValid(token, START.minusSeconds(10))).isFalse();
    assertThat(Leeway.NONE.isNotYetValid(token, START.minusMillis(10_001))).isTrue();
    assertThat(new Leeway(Duration.ofSeconds(5)).isNotYetValid(token, START.minusSeconds(15)))
        .isFalse();
    assertThat(new Leeway(Duration.ofSeconds(5)).isNotYetValid(token, START.minusMillis(15_001)))
        .isTrue();
  }

  @Test
  void aLeewayIsSmall() {
    assertThat(new Leeway(Duration.ofMinutes(1)).duration()).hasMinutes(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Leeway(Duration.ofSeconds(61)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Leeway(Duration.ofMillis(-1)));
  }
}

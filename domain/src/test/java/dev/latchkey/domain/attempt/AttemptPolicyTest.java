package dev.latchkey.domain.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptPolicyTest {

  @Test
  void closesAnAccountAfter100FailuresAsNistAllows() {
    assertThat(AttemptPolicy.DEFAULT.isUsedUp(null)).isFalse();
    assertThat(AttemptPolicy.DEFAULT.isUsedUp(new AttemptCount(99, Instant.EPOCH))).isFalse();
    assertThat(AttemptPolicy.DEFAULT.isUsedUp(new AttemptCount(100, Instant.EPOCH))).isTrue();
    assertThat(AttemptPolicy.DEFAULT.isUsedUp(new AttemptCount(101, Instant.EPOCH))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 4, 5, 101})
  void closesAnAccountNeitherTooSoonNorTooLate(int failuresToClose) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> AttemptPolicy.of(5, 50, failuresToClose, Duration.ofDays(30), 1000, 3, 50));
  }

  @Test
  void knowsANetworkForNoNegativeTime() {
    assertThat(AttemptPolicy.of(5, 50, 6, Duration.ZERO, 1000, 3, 50).knownNetwork()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttemptPolicy.of(5, 50, 6, Duration.ofNanos(-1), 1000, 3, 50));
  }

  @Test
  void forgetsWrongPasswordsOfANetworkButNotOfAnAccount() {
    assertThat(AttemptPolicy.DEFAULT.password().recovery()).isNull();
    assertThat(AttemptPolicy.DEFAULT.network().recovery()).isPositive();
  }

  @Test
  void countsEveryThingUnderAKeyOfItsOwn() {
    var id = new UUID(1, 2);
    ClientNetwork network = ClientNetwork.of("192.0.2.1");
    Set<AttemptKey> keys =
        Set.of(
            AttemptKey.login(id),
            AttemptKey.loginFrom(id, network),
            AttemptKey.device(new SessionId(id)),
            AttemptKey.account(new UserId(id)),
            AttemptKey.network(network),
            AttemptKey.registration(network),
            AttemptKey.mailTo(id),
            AttemptKey.mailFrom(network));

    assertThat(keys).hasSize(8).allSatisfy(key -> assertThat(key).hasToString(key.text()));
  }
}

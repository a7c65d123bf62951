package dev.latchkey.adapters.web.ended;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.ClientNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HeldRequestsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final ClientNetwork HERE = ClientNetwork.of("192.0.2.1");

  private final HeldRequests held = new HeldRequests(8);

  @Test
  void waitsForAnotherVersionThanTheOneItKnows() {
    held.publish(3);
    CompletableFuture<Void> request = hold(3).orElseThrow();
    held.publish(3);
    assertThat(request).isNotDone();
    assertThat(held.count()).isOne();

    held.publish(4);

    assertThat(request).isCompleted();
    assertThat(held.count()).isZero();
  }

  @Test
  void doesNotWaitForWhatIsThereAlready() {
    held.publish(4);

    assertThat(hold(3).orElseThrow()).isCompleted();
    assertThat(held.count()).isZero();
  }

  @Test
  void anOlderVersionIsNoNews() {
    held.publish(4);
    CompletableFuture<Void> request = hold(4).orElseThrow();
    held.publish(3);

    assertThat(request).isNotDone();
  }

  @Test
  void endsByItselfWhenTheTimeIsOver() {
    CompletableFuture<Void> request = held.hold(HERE, 1, Duration.ofMillis(1)).orElseThrow();

    request.join();

    assertThat(held.count()).isZero();
  }

  @Test
  void aNetworkGetsAQuarterOfThePlaces() {
    CompletableFuture<Void> first = hold(1).orElseThrow();
    assertThat(hold(1)).isPresent();
    assertThat(hold(1)).isEmpty();
    assertThat(held.hold(ClientNetwork.of("192.0.2.2"), 1, LONG)).isPresent();

    first.complete(null);

    assertThat(hold(1)).isPresent();
    assertThat(hold(1)).isEmpty();
  }

  @Test
  void thereAreNoMorePlacesThanThat() {
    for (int i = 0; i < 8; i++) {
      assertThat(held.hold(ClientNetwork.of("192.0.2." + i), 1, LONG)).isPresent();
    }

    assertThat(held.hold(ClientNetwork.of("192.0.2.9"), 1, LONG)).isEmpty();
    assertThat(held.count()).isEqualTo(8);

    held.publish(2);
    assertThat(held.hold(ClientNetwork.of("192.0.2.9"), 2, LONG)).isPresent();
  }

  private Optional<CompletableFuture<Void>> hold(long version) {
    return held.hold(HERE, version, LONG);
  }
}

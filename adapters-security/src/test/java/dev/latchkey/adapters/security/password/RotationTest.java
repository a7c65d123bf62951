package dev.latchkey.adapters.security.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.domain.session.ClientNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is served next. */
final class RotationTest {

  private static final ClientNetwork A = ClientNetwork.of("192.0.2.1");
  private static final ClientNetwork B = ClientNetwork.of("192.0.2.2");
  private static final ClientNetwork C = ClientNetwork.of("192.0.2.3");

  private final Rotation<String> rotation = new Rotation<>();

  @Test
  void theFirstOfANetworkIsItsFirst() {
    add(A, "a1", "a2", "a3");

    assertThat(rest()).containsExactly("a1", "a2", "a3");
  }

  @Test
  void networksTakeTurns() {
    add(A, "a1", "a2", "a3", "a4");
    add(B, "b1", "b2");
    add(C, "c1");

    assertThat(rest()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void aNetworkThatComesBackIsTheLast() {
    add(A, "a1");
    add(B, "b1", "b2");
    assertThat(next()).contains("a1");

    add(A, "a2");

    assertThat(rest()).containsExactly("b1", "a2", "b2");
  }

  @Test
  void whatIsTakenOutIsNotServedAndTheRestKeepsItsTurn() {
    add(A, "a1", "a2");
    add(B, "b1");
    add(C, "c1");

    rotation.remove(A, "a1");
    rotation.remove(B, "b1");
    rotation.remove(B, "b1");
    rotation.remove(C, "a2");

    assertThat(rest()).containsExactly("a2", "c1");
  }

  @Test
  void aNetworkThatIsPassedOverKeepsItsTurn() {
    add(A, "a1");
    add(B, "b1", "b2");

    assertThat(rotation.next(B::equals)).contains("b1");
    assertThat(rotation.next(C::equals)).isEmpty();

    assertThat(rest()).containsExactly("a1", "b2");
  }

  private void add(ClientNetwork network, String... elements) {
    List.of(elements).forEach(element -> rotation.add(network, element));
  }

  private Optional<String> next() {
    return rotation.next(_ -> true);
  }

  private List<String> rest() {
    List<String> served = new ArrayList<>();
    for (Optional<String> next = next(); next.isPresent(); next = next()) {
      served.add(next.get());
    }
    return served;
  }
}

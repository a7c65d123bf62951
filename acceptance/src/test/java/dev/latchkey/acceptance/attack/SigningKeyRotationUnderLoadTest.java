package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.application.port.in.key.RotateSigningKey;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signing keys and their algorithm change while many customers are served by two nodes, of which
 * now and then one is replaced, and no request is refused. What {@link SigningKeyRotationTest}
 * tells step by step happens here all at once: the time of the nodes moves while they answer, and
 * not on both at the same instant.
 */
@Tag(Target.NEEDS_OWN_SERVICE)
@Timeout(120)
final class SigningKeyRotationUnderLoadTest {

  private static final int CUSTOMERS = 8;
  private static final Duration A_WHILE = PairOfNodes.STEP.multipliedBy(4);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Customer> customers = new ArrayList<>();
  private PairOfNodes nodes;

  @BeforeEach
  void start() throws SQLException {
    nodes = PairOfNodes.start("keys_under_load");
  }

  @AfterEach
  void stop() throws SQLException {
    threads.close();
    nodes.close();
  }

  @Test
  void notOneRequestIsRefusedWhileKeysAndAlgorithmsChange() throws Exception {
    // Shortly before the second key is due.
    nodes.moveBy(PairOfNodes.ROTATION.minus(PairOfNodes.LEAD).minus(A_WHILE));
    for (int i = 0; i < CUSTOMERS; i++) {
      customers.add(new Customer(nodes, i % 2));
    }

    serveFor(A_WHILE);
    assertSigners("ES256");

    serveFor(PairOfNodes.LEAD.plus(A_WHILE));
    assertSigners("ES256", "ES256");

    assertThat(nodes.at(1).rotateSigningKey()).isInstanceOf(RotateSigningKey.Result.Added.class);
    serveFor(PairOfNodes.LEAD.plus(A_WHILE));
    assertSigners("ES256", "ES256", "ES256");

    replaceBoth("RS256");
    serveFor(PairOfNodes.LEAD);
    assertSigners("ES256", "ES256", "ES256", "RS256");

    replaceBoth("EdDSA");
    serveFor(PairOfNodes.LEAD);
    assertSigners("ES256", "ES256", "ES256", "RS256", "EdDSA");

    serveFor(PairOfNodes.TOKEN_LIFETIME);
    assertSigners("ES256", "ES256", "ES256", "RS256", "EdDSA");

    nodes.moveBy(SigningKeySchedule.RETIREMENT_MARGIN);
    for (int place = 0; place < 2; place++) {
      assertThat(nodes.at(place).signingKeyStates())
          .containsExactly(
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.RETIRED,
              SigningKeyState.ACTIVE);
    }
  }

  /** In every step each customer gets and shows tokens, while the time moves. */
  private void serveFor(Duration time) throws InterruptedException {
    for (Duration left = time; left.isPositive(); left = left.minus(PairOfNodes.STEP)) {
      List<Future<?>> rounds = new ArrayList<>();
      customers.forEach(customer -> rounds.add(threads.submit(customer::goRound)));
      nodes.moveBy(PairOfNodes.STEP);
      for (int i = 0; i < CUSTOMERS; i++) {
        await(rounds.get(i), customers.get(i));
      }
    }
  }

  private void await(Future<?> round, Customer customer) throws InterruptedException {
    try {
      var _ = round.get();
    } catch (ExecutionException e) {
      throw new AssertionError("at " + nodes.now() + ", " + customer, e.getCause());
    }
  }

  /** Each in turn, while the other one serves everybody. */
  private void replaceBoth(String algorithm) throws InterruptedException {
    for (int place = 0; place < 2; place++) {
      nodes.stop(place);
      serveFor(PairOfNodes.STEP);
      nodes.startInPlaceOf(place, algorithm);
      serveFor(PairOfNodes.STEP);
    }
  }

  /**
   * Every customer has had tokens by these keys and no others, and they were accepted wherever it
   * showed them.
   */
  private void assertSigners(String... algorithms) {
    List<String> signers = customers.getFirst().signers();
    assertThat(signers)
        .extracting(key -> key.substring(0, key.indexOf(' ')))
        .containsExactly(algorithms);
    assertThat(customers).extracting(Customer::signers).containsOnly(signers);
  }
}

package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.out.key.SigningKeySeal;
import dev.latchkey.domain.key.NextSigningKey;
import dev.latchkey.domain.key.SigningAlgorithm;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import dev.latchkey.testkit.FakeSigningKeySeal;
import dev.latchkey.testkit.FakeTrustedTime;
import dev.latchkey.testkit.RecordedSecurityEvents;
import dev.latchkey.testkit.SettableClock;
import dev.latchkey.testkit.WatchedSigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One store of signing keys, and nodes on it. */
final class KeyFixture {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration LIFETIME = Duration.ofMinutes(5);
  static final SigningKeyPolicy POLICY = policy(LIFETIME);

  final SettableClock clock = new SettableClock(START);
  final FakeTrustedTime time = new FakeTrustedTime(clock);
  final RecordedSecurityEvents events = new RecordedSecurityEvents();
  final WatchedSigningKeys store = new WatchedSigningKeys();

  static SigningKeyPolicy policy(Duration tokenLifetime) {
    return new SigningKeyPolicy(
        SigningAlgorithm.ES256, Duration.ofDays(30), Duration.ofMinutes(5), tokenLifetime);
  }

  /** A node with that master key. */
  Node node(int... masterKeys) {
    return new Node(new FakeSigningKeySeal(masterKeys), POLICY);
  }

  /** A key that is in the store, and that no node has read yet. */
  SigningKey added(int number, Instant signsFrom) {
    return added(new FakeSigningKeySeal(), number, signsFrom);
  }

  SigningKey added(SigningKeySeal seal, int number, Instant signsFrom) {
    var next = new NextSigningKey(number, SigningAlgorithm.ES256, START, signsFrom, LIFETIME);
    var key = seal.generate(next);
    if (!store.add(key)) {
      throw new AssertionError("there is a key " + number);
    }
    return key.key();
  }

  /** When a key that this one took over from is retired. */
  static Instant retirementBy(SigningKey successor) {
    return successor.signsFrom().plus(LIFETIME).plus(SigningKeySchedule.RETIREMENT_MARGIN);
  }

  List<SigningKey> keys() {
    return store.all().stream().map(row -> row.key()).toList();
  }

  List<SigningKeyState> states() {
    return new ListSigningKeysService(store, clock)
        .execute().stream().map(ListSigningKeys.Entry::state).toList();
  }

  /** What a node has of its own. */
  final class Node {

    final FakeSigningKeySeal seal;
    final SigningKeyRing ring;
    final MaintainSigningKeys maintain;
    final PrepareSigningKeysService prepare;
    final RotateSigningKeyService rotate;

    Node(FakeSigningKeySeal seal, SigningKeyPolicy policy) {
      this.seal = seal;
      this.ring = new SigningKeyRing(store, seal, events, clock);
      this.maintain =
          new MaintainSigningKeysService(ring, store, seal, policy, events, clock, time);
      this.prepare = new PrepareSigningKeysService(ring, store, seal, maintain, clock);
      this.rotate = new RotateSigningKeyService(ring, store, seal, policy, events, clock);
    }

    String currentKeyId() {
      return ring.current().orElseThrow().id();
    }
  }
}

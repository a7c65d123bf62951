package dev.latchkey.benchmarks.pure;

import dev.latchkey.adapters.security.key.SignatureProvider;
import dev.latchkey.adapters.security.token.DpopProofs;
import dev.latchkey.application.port.out.session.KeyProofs;
import dev.latchkey.application.port.out.session.KeyProofs.Reading;
import dev.latchkey.benchmarks.load.DeviceKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Proofs by ES256 of a key that nobody has seen before, verified by the fastest provider and by the
 * JDK, and made as the load makes them.
 */
@State(Scope.Benchmark)
public class ProofText {

  private static final String ADDRESS = "https://login.example.org/api/auth/refresh";
  private static final String NONCE = "a".repeat(32);

  private final DeviceKey key = new DeviceKey();
  private final KeyProofs fastest = new DpopProofs(SignatureProvider.fastest());
  private final KeyProofs jdk = new DpopProofs(SignatureProvider.JDK);
  private final String proof = make();

  @Benchmark
  public final String make() {
    return key.proof("POST", ADDRESS, NONCE);
  }

  @Benchmark
  public Reading verify() {
    return valid(fastest.read(proof));
  }

  @Benchmark
  public Reading verifyByJdk() {
    return valid(jdk.read(proof));
  }

  /** A refusal might cost less, and would be no result. */
  private static Reading valid(Reading reading) {
    if (reading instanceof Reading.Signed) {
      return reading;
    }
    throw new IllegalStateException(reading.toString());
  }
}

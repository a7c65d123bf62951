package dev.latchkey.testkit;

import dev.latchkey.application.port.out.PasswordHasher;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link PasswordHasher} that takes no time: {@code $fake$<salt>$<digest>}. It is overloaded when it is told so. */
public final class FakePasswordHasher implements PasswordHasher {

  private final AtomicInteger salts = new AtomicInteger();
  private final AtomicInteger comparisons = new AtomicInteger();
  private volatile boolean overloaded;

  @Override
  public Hashing hash(Password password) {
    return overloaded
        ? new Hashing.Overloaded()
        : new Hashing.Hashed(new PasswordHash(phc("" + salts.incrementAndGet(), password)));
  }

  @Override
  public Comparison compare(Password password, Optional<PasswordHash> hash) {
    if (overloaded) {
      return Comparison.OVERLOADED;
    }
    comparisons.incrementAndGet();
    return hash.map(PasswordHash::phc).filter(phc -> phc.equals(phc(salt(phc), password))).isPresent()
        ? Comparison.MATCH
        : Comparison.MISMATCH;
  }

  private static String phc(String salt, Password password) {
    return "$fake$" + salt + "$" + Digest.of(salt + password.reveal());
  }

  private static String salt(String phc) {
    return phc.substring("$fake$".length(), phc.lastIndexOf('$'));
  }

  public void overload() {
    overloaded = true;
  }

  /** How many comparisons were made; each stands for the time that a real one takes. */
  public int comparisons() {
    return comparisons.get();
  }
}

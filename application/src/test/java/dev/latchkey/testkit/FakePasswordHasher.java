package dev.latchkey.testkit;

import dev.latchkey.application.port.out.account.PasswordHasher;
import dev.latchkey.domain.session.ClientNetwork;
import dev.latchkey.domain.user.Password;
import dev.latchkey.domain.user.PasswordHash;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A {@link PasswordHasher} that takes no time: {@code $fake$c=<cost>$<salt>$<digest>}. The cost is
 * a name; a test that changes it makes the hashes from before outdated.
 */
public final class FakePasswordHasher implements PasswordHasher {

  private final AtomicInteger salts = new AtomicInteger();
  private final List<Collection<PasswordHash>> comparisons = new CopyOnWriteArrayList<>();
  private volatile String cost = "1";
  private volatile boolean overloaded;
  private volatile Runnable rival = () -> {};

  @Override
  public <T> Optional<T> admit(ClientNetwork network, Function<Turn, T> work) {
    return overloaded ? Optional.empty() : Optional.of(work.apply(new FakeTurn()));
  }

  public void overload() {
    overloaded = true;
  }

  public void changeCost(String cost) {
    this.cost = cost;
  }

  /** Runs during the next comparison. */
  public void whileComparing(Runnable rival) {
    this.rival = rival;
  }

  /** What was in use in each comparison; each stands for the time that a real one takes. */
  public List<Collection<PasswordHash>> comparisons() {
    return List.copyOf(comparisons);
  }

  /** A hash of this password, outside of any turn. */
  public PasswordHash hash(String password) {
    return new FakeTurn().hash(Password.of(password));
  }

  private final class FakeTurn implements Turn {

    @Override
    public PasswordHash hash(Password password) {
      return new PasswordHash(phc("$fake$c=" + cost + "$" + salts.incrementAndGet(), password));
    }

    @Override
    public Comparison compare(
        Password password, Optional<PasswordHash> hash, Collection<PasswordHash> inUse) {
      comparisons.add(List.copyOf(inUse));
      Runnable next = rival;
      rival = () -> {};
      next.run();
      return hash.map(PasswordHash::text)
          .filter(phc -> phc.equals(phc(phc.substring(0, phc.lastIndexOf('$')), password)))
          .map(
              phc ->
                  phc.startsWith("$fake$c=" + cost + "$")
                      ? Comparison.MATCH
                      : Comparison.OUTDATED_MATCH)
          .orElse(Comparison.MISMATCH);
    }

    private static String phc(String costAndSalt, Password password) {
      return costAndSalt + "$" + Digest.of(costAndSalt + password.reveal());
    }
  }
}

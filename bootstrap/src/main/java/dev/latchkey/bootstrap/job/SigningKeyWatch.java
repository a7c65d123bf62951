package dev.latchkey.bootstrap.job;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.key.ListSigningKeys;
import dev.latchkey.bootstrap.observation.SigningKeyTimes;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeyPolicy;
import dev.latchkey.domain.key.SigningKeyState;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the signing keys for those who run the service: {@link SigningKeyJob} rotates them, and
 * this would still say so if it did not.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
final class SigningKeyWatch {

  private final ListSigningKeys listSigningKeys;
  private final SigningKeyPolicy policy;
  private final SigningKeyTimes times;

  /**
   * @param prepared without whom there may be no key yet
   */
  SigningKeyWatch(
      SigningKeyJob prepared,
      ListSigningKeys listSigningKeys,
      SigningKeyPolicy policy,
      SigningKeyTimes times) {
    this.listSigningKeys = listSigningKeys;
    this.policy = policy;
    this.times = times;
  }

  @PostConstruct
  @Scheduled(initialDelay = "10s", fixedDelay = "10s")
  void look() {
    try {
      List<ListSigningKeys.Entry> keys = listSigningKeys.execute();
      in(SigningKeyState.ACTIVE, keys)
          .findFirst()
          .ifPresentOrElse(
              active -> times.seen(active.signsFrom(), end(active, keys)), times::seenNone);
    } catch (StorageUnavailableException _) {
      // SigningKeyJob says so; what was seen last is still true.
    }
  }

  private Instant end(SigningKey active, List<ListSigningKeys.Entry> keys) {
    Optional<Instant> takeOver =
        in(SigningKeyState.PENDING, keys).map(SigningKey::signsFrom).findFirst();
    return takeOver.orElseGet(() -> active.signsFrom().plus(policy.rotationInterval()));
  }

  private static Stream<SigningKey> in(SigningKeyState state, List<ListSigningKeys.Entry> keys) {
    return keys.stream().filter(entry -> entry.state() == state).map(ListSigningKeys.Entry::key);
  }
}

package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.domain.key.SigningKeyPolicy;

/** {@link PublishVerificationKeys}. */
public final class PublishVerificationKeysService implements PublishVerificationKeys {

  private final SigningKeyRing ring;
  private final SigningKeyPolicy policy;

  public PublishVerificationKeysService(SigningKeyRing ring, SigningKeyPolicy policy) {
    this.ring = ring;
    this.policy = policy;
  }

  @Override
  public Published execute() {
    return new Published(ring.published(), policy.jwksMaxAge());
  }
}

package dev.latchkey.application.service.key;

import dev.latchkey.application.port.in.key.PublishVerificationKeys;
import dev.latchkey.application.port.out.key.VerificationKeys;
import dev.latchkey.domain.key.SigningKeyPolicy;

/** {@link PublishVerificationKeys}. */
public final class PublishVerificationKeysService implements PublishVerificationKeys {

  private final VerificationKeys verificationKeys;
  private final SigningKeyPolicy policy;

  public PublishVerificationKeysService(
      VerificationKeys verificationKeys, SigningKeyPolicy policy) {
    this.verificationKeys = verificationKeys;
    this.policy = policy;
  }

  @Override
  public Published execute() {
    return new Published(verificationKeys.all(), policy.jwksMaxAge());
  }
}

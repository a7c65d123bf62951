package dev.latchkey.application.service;

import dev.latchkey.application.port.in.PublishVerificationKeys;
import dev.latchkey.application.port.out.VerificationKeys;

/** {@link PublishVerificationKeys}. */
public final class PublishVerificationKeysService implements PublishVerificationKeys {

  private final VerificationKeys verificationKeys;

  public PublishVerificationKeysService(VerificationKeys verificationKeys) {
    this.verificationKeys = verificationKeys;
  }

  @Override
  public Result execute(Command command) {
    return new Result.Published(verificationKeys.all());
  }
}

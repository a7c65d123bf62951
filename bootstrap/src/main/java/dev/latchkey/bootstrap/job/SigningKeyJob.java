package dev.latchkey.bootstrap.job;

import dev.latchkey.adapters.security.key.SigningKeyRing;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.key.RotateSigningKeys;
import dev.latchkey.application.port.in.key.RotateSigningKeys.Occasion;
import dev.latchkey.bootstrap.observation.OutageLog;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import dev.latchkey.domain.key.SigningKey;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the signing keys on every node: adds the next one when it is due, and reads what
 * others have added. The first time is before the first request is served, so that there is a key.
 */
@Context
@Requires(missingProperty = ServiceContext.COMMAND)
final class SigningKeyJob {

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyJob.class);

  private final RotateSigningKeys rotateSigningKeys;
  private final SigningKeyRing keyRing;
  private final OutageLog outage =
      new OutageLog(
          LOG,
          "The signing keys stay as they are for now",
          "The signing keys are looked after again");

  SigningKeyJob(RotateSigningKeys rotateSigningKeys, SigningKeyRing keyRing) {
    this.rotateSigningKeys = rotateSigningKeys;
    this.keyRing = keyRing;
  }

  @PostConstruct
  void start() {
    rotate();
    keyRing.requireThatAllOpen();
  }

  private void rotate() {
    switch (rotateSigningKeys.execute(new RotateSigningKeys.Command(Occasion.SCHEDULE))) {
      case RotateSigningKeys.Result.Added(SigningKey key) ->
          LOG.info(
              "Signing key {} ({}, {}) is published, and signs from {}",
              key.number(),
              key.algorithm().jwsName(),
              key.id(),
              key.signsFrom());
      case RotateSigningKeys.Result.AlreadyPending _, RotateSigningKeys.Result.NotDue _ -> {}
    }
    keyRing.refresh();
  }

  @Scheduled(
      initialDelay = "${latchkey.signing-keys.check-interval}",
      fixedDelay = "${latchkey.signing-keys.check-interval}")
  void run() {
    try {
      rotate();
      outage.succeeded();
    } catch (StorageUnavailableException e) {
      outage.failed(e);
    }
  }
}

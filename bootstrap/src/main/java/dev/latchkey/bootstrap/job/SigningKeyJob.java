package dev.latchkey.bootstrap.job;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.key.MaintainSigningKeys;
import dev.latchkey.application.port.in.key.PrepareSigningKeys;
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
 * Maintains the signing keys on every node, periodically. Before the first request is served it
 * prepares them, so that there is one.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
final class SigningKeyJob {

  private static final Logger LOG = LoggerFactory.getLogger(SigningKeyJob.class);

  private final PrepareSigningKeys prepareSigningKeys;
  private final MaintainSigningKeys maintainSigningKeys;
  private final OutageLog outage =
      new OutageLog(
          LOG,
          "The signing keys stay as they are for now",
          "The signing keys are maintained again");

  SigningKeyJob(PrepareSigningKeys prepareSigningKeys, MaintainSigningKeys maintainSigningKeys) {
    this.prepareSigningKeys = prepareSigningKeys;
    this.maintainSigningKeys = maintainSigningKeys;
  }

  @PostConstruct
  void start() {
    prepareSigningKeys.execute();
  }

  @Scheduled(
      initialDelay = "${latchkey.signing-keys.check-interval}",
      fixedDelay = "${latchkey.signing-keys.check-interval}")
  void run() {
    try {
      switch (maintainSigningKeys.execute()) {
        case MaintainSigningKeys.Result.Added(SigningKey key) ->
            LOG.info(
                "Signing key {} ({}, {}) is published, and signs from {}",
                key.number(),
                key.algorithm().jwsName(),
                key.id(),
                key.signsFrom());
        case MaintainSigningKeys.Result.NoneAdded() -> {}
      }
      outage.succeeded();
    } catch (StorageUnavailableException e) {
      outage.failed(e);
    }
  }
}

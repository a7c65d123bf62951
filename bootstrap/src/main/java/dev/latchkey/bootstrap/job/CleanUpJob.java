package dev.latchkey.bootstrap.job;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.account.ForgetExpired;
import dev.latchkey.application.port.in.session.DeleteEndedSessions;
import dev.latchkey.bootstrap.observation.OutageLog;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes ended sessions, and whatever else has expired, now and then, on every node; says in
 * metrics how many, and how far it is behind.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
final class CleanUpJob {

  private static final Logger LOG = LoggerFactory.getLogger(CleanUpJob.class);

  private final OutageLog outage =
      new OutageLog(LOG, "Ended sessions are deleted later", "Ended sessions are deleted again");
  private final DeleteEndedSessions deleteEndedSessions;
  private final ForgetExpired forgetExpired;
  private final Counter deletedSessions;
  private final AtomicLong lagSeconds;

  CleanUpJob(
      DeleteEndedSessions deleteEndedSessions,
      ForgetExpired forgetExpired,
      MeterRegistry registry) {
    this.deleteEndedSessions = deleteEndedSessions;
    this.forgetExpired = forgetExpired;
    this.deletedSessions = registry.counter("latchkey.sessions.deleted");
    AtomicLong lag = registry.gauge("latchkey.clean.up.lag.seconds", new AtomicLong());
    this.lagSeconds = lag == null ? new AtomicLong() : lag;
  }

  @Scheduled(initialDelay = "1m", fixedDelay = "${latchkey.clean-up.interval}")
  void run() {
    try {
      switch (deleteEndedSessions.execute()) {
        case DeleteEndedSessions.Result.Deleted(int count, Duration lag) -> {
          deletedSessions.increment(count);
          lagSeconds.set(lag.toSeconds());
        }
        case DeleteEndedSessions.Result.Suspended() -> {} // TrustedTimeWatch tells the operator
      }
      switch (forgetExpired.execute()) {
        case ForgetExpired.Result.Forgotten _, ForgetExpired.Result.Suspended _ -> {}
      }
      outage.succeeded();
    } catch (StorageUnavailableException e) {
      outage.failed(e);
    }
  }
}

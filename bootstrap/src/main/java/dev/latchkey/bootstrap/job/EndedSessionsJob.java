package dev.latchkey.bootstrap.job;

import dev.latchkey.adapters.web.ended.HeldRequests;
import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.session.RenewEndedSessions;
import dev.latchkey.bootstrap.observation.OutageLog;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads several times a second which sessions have ended, on every node that somebody listens to,
 * and answers those who wait for it.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
final class EndedSessionsJob {

  private static final Logger LOG = LoggerFactory.getLogger(EndedSessionsJob.class);

  private final OutageLog outage =
      new OutageLog(
          LOG,
          "Resource servers learn later which sessions have ended",
          "Resource servers learn again which sessions have ended");
  private final RenewEndedSessions renewEndedSessions;
  private final HeldRequests held;

  EndedSessionsJob(RenewEndedSessions renewEndedSessions, HeldRequests held) {
    this.renewEndedSessions = renewEndedSessions;
    this.held = held;
  }

  @Scheduled(
      initialDelay = "${latchkey.ended-sessions.check-interval}",
      fixedDelay = "${latchkey.ended-sessions.check-interval}")
  void run() {
    try {
      switch (renewEndedSessions.execute()) {
        case RenewEndedSessions.Result.Read(long version) -> held.publish(version);
        case RenewEndedSessions.Result.NobodyListens() -> {}
      }
      outage.succeeded();
    } catch (StorageUnavailableException e) {
      outage.failed(e);
    }
  }
}

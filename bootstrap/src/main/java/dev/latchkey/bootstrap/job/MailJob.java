package dev.latchkey.bootstrap.job;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.in.mail.MeasureMailLag;
import dev.latchkey.bootstrap.observation.OutageLog;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mail that is due, on every node. It stops at the first that cannot be sent: the others
 * would wait for the same server.
 */
@Singleton
@Requires(notEnv = ServiceContext.COMMAND)
@Requires(beans = DeliverMail.class)
final class MailJob {

  private static final Logger LOG = LoggerFactory.getLogger(MailJob.class);

  private final OutageLog outage = new OutageLog(LOG, "Mail is sent later", "Mail is sent again");
  private final DeliverMail deliverMail;
  private final MeasureMailLag measureMailLag;
  private final MeterRegistry registry;
  private final Jobs jobs;
  private final AtomicLong lagSeconds;
  private boolean failing;

  MailJob(
      DeliverMail deliverMail, MeasureMailLag measureMailLag, MeterRegistry registry, Jobs jobs) {
    this.deliverMail = deliverMail;
    this.measureMailLag = measureMailLag;
    this.registry = registry;
    this.jobs = jobs;
    AtomicLong lag = registry.gauge("latchkey.mail.lag.seconds", new AtomicLong());
    this.lagSeconds = lag == null ? new AtomicLong() : lag;
  }

  @Scheduled(
      initialDelay = "${latchkey.mail.check-interval}",
      fixedDelay = "${latchkey.mail.check-interval}")
  void run() {
    try {
      while (!jobs.areToFinish() && deliverOne()) {}
      lagSeconds.set(measureMailLag.execute().toSeconds());
      outage.succeeded();
    } catch (StorageUnavailableException e) {
      outage.failed(e);
    }
  }

  /** Whether to go on. */
  private boolean deliverOne() {
    return switch (deliverMail.execute()) {
      case DeliverMail.Result.NothingDue() -> false;
      case DeliverMail.Result.Sent() -> {
        if (failing) {
          LOG.info("Mail is sent again");
        }
        failing = false;
        yield count("sent");
      }
      case DeliverMail.Result.Dropped() -> count("dropped");
      case DeliverMail.Result.GivenUp() -> count("given_up");
      case DeliverMail.Result.NotSent(String reason) -> {
        if (!failing) {
          LOG.warn("Mail is not sent, and tried again: {}", reason);
        }
        failing = true;
        count("not_sent");
        yield false;
      }
    };
  }

  private boolean count(String outcome) {
    registry.counter("latchkey.mails", "outcome", outcome).increment();
    return true;
  }
}

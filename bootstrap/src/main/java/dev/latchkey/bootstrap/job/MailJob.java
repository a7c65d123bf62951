package dev.latchkey.bootstrap.job;

import dev.latchkey.application.port.StorageUnavailableException;
import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.in.mail.MeasureMailBacklog;
import dev.latchkey.bootstrap.observation.MailBacklog;
import dev.latchkey.bootstrap.observation.OutageLog;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.scheduling.annotation.Scheduled;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mail that is due, on every node. It stops at the first that cannot be sent: the others
 * would wait for the same server. Made at start, so that its metrics are there before its first
 * mail.
 */
@Context
@Requires(notEnv = ServiceContext.COMMAND)
@Requires(beans = DeliverMail.class)
final class MailJob {

  private static final Logger LOG = LoggerFactory.getLogger(MailJob.class);

  private static final String SENT = "sent";
  private static final String DROPPED = "dropped";
  private static final String GIVEN_UP = "given_up";
  private static final String NOT_SENT = "not_sent";

  private final OutageLog outage = new OutageLog(LOG, "Mail is sent later", "Mail is sent again");
  private final DeliverMail deliverMail;
  private final MeasureMailBacklog measureMailBacklog;
  private final MailBacklog backlog;
  private final Jobs jobs;
  private final Map<String, Counter> mails;
  private boolean failing;

  MailJob(
      DeliverMail deliverMail,
      MeasureMailBacklog measureMailBacklog,
      MailBacklog backlog,
      MeterRegistry registry,
      Jobs jobs) {
    this.deliverMail = deliverMail;
    this.measureMailBacklog = measureMailBacklog;
    this.backlog = backlog;
    this.jobs = jobs;
    this.mails =
        Stream.of(SENT, DROPPED, GIVEN_UP, NOT_SENT)
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(),
                    outcome -> registry.counter("latchkey.mails", "outcome", outcome)));
  }

  @Scheduled(
      initialDelay = "${latchkey.mail.check-interval}",
      fixedDelay = "${latchkey.mail.check-interval}")
  void run() {
    try {
      while (!jobs.areToFinish() && deliverOne()) {}
      backlog.measured(measureMailBacklog.execute());
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
        yield count(SENT);
      }
      case DeliverMail.Result.Dropped() -> count(DROPPED);
      case DeliverMail.Result.GivenUp() -> count(GIVEN_UP);
      case DeliverMail.Result.NotSent(String reason) -> {
        if (!failing) {
          LOG.warn("Mail is not sent, and tried again: {}", reason);
        }
        failing = true;
        count(NOT_SENT);
        yield false;
      }
    };
  }

  private boolean count(String outcome) {
    Objects.requireNonNull(mails.get(outcome)).increment();
    return true;
  }
}

package dev.latchkey.bootstrap.observation;

import dev.latchkey.adapters.persistence.connection.DatabaseProbe;
import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The node is ready if the database can be written: without that nobody can log in, exchange or log
 * out. However many probes there are, the database is asked once a second, and one question at a
 * time.
 */
@Singleton
@Readiness
final class StorageHealth implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(StorageHealth.class);

  private static final Duration ANSWER_IS_VALID = Duration.ofSeconds(1);

  /**
   * A database that needs longer does not serve anybody well; the question goes on until its own
   * time is over.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final DatabaseProbe database;
  private final OutageLog outage =
      new OutageLog(LOG, "Not ready, the database cannot be used", "Ready again");
  private final Mono<HealthResult> result;

  StorageHealth(DatabaseProbe database, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.database = database;
    this.result =
        Mono.fromCallable(this::ask)
            .subscribeOn(Schedulers.fromExecutorService(blocking))
            .cache(ANSWER_IS_VALID)
            .timeout(PATIENCE, Mono.fromSupplier(() -> resultOf(HealthStatus.DOWN)));
  }

  @Override
  public Publisher<HealthResult> getResult() {
    return result;
  }

  private HealthResult ask() {
    try {
      database.requireWritable();
      outage.succeeded();
      return resultOf(HealthStatus.UP);
    } catch (StorageUnavailableException e) {
      outage.failed(e);
      return resultOf(HealthStatus.DOWN);
    }
  }

  private static HealthResult resultOf(HealthStatus status) {
    return HealthResult.builder("storage", status).build();
  }
}

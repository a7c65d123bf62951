package dev.latchkey.adapters.web.problem;

import dev.latchkey.application.port.StorageUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An unavailable database is a state of affairs, not a bug: 503. However many requests run into it,
 * the log says so when it begins, twice a minute while it lasts, and when it is over.
 */
@Singleton
final class StorageUnavailableHandler
    implements ExceptionHandler<StorageUnavailableException, HttpResponse<Problem>> {

  private static final Logger LOG = LoggerFactory.getLogger(StorageUnavailableHandler.class);

  private String reason = "";
  private long refused;
  private long refusedAtLastReport;

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public HttpResponse<Problem> handle(HttpRequest request, StorageUnavailableException exception) {
    count(exception.reason());
    return Problem.retryLater(ProblemCode.STORAGE_UNAVAILABLE);
  }

  private synchronized void count(String why) {
    if (refused == 0) {
      LOG.warn("The database is unavailable, requests that need it get 503: {}", why);
    }
    refused++;
    reason = why;
  }

  /**
   * The outage is over when no request has run into it for as long as there is between two reports.
   */
  @Scheduled(fixedDelay = "30s")
  synchronized void report() {
    if (refused > refusedAtLastReport) {
      LOG.warn("The database is unavailable, {} requests have got 503 so far: {}", refused, reason);
      refusedAtLastReport = refused;
    } else if (refused > 0) {
      LOG.info("No request needs the unavailable database any more; {} got 503", refused);
      refused = 0;
      refusedAtLastReport = 0;
    }
  }
}

package dev.latchkey.adapters.web.problem;

import dev.latchkey.application.port.out.StorageUnavailableException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database that is away is a state of affairs, not a bug: 503, and one line in the log. */
@Singleton
final class StorageUnavailableHandler implements ExceptionHandler<StorageUnavailableException, HttpResponse<Problem>> {

  private static final Logger LOG = LoggerFactory.getLogger(StorageUnavailableHandler.class);

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public HttpResponse<Problem> handle(HttpRequest request, StorageUnavailableException exception) {
    LOG.warn("The database is unavailable: {}", String.valueOf(exception.getCause()));
    return Problem.retryLater(ProblemCode.STORAGE_UNAVAILABLE);
  }
}

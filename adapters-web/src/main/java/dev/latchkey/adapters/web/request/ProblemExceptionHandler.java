package dev.latchkey.adapters.web.request;

import dev.latchkey.adapters.web.problem.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers what was refused at the door. */
@Singleton
final class ProblemExceptionHandler
    implements ExceptionHandler<ProblemException, HttpResponse<Problem>> {

  @Override
  @SuppressWarnings("rawtypes") // the framework's signature
  public HttpResponse<Problem> handle(HttpRequest request, ProblemException exception) {
    return Problem.response(exception.code(), exception.errors());
  }
}

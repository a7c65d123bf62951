package dev.latchkey.adapters.web.problem;

import io.micronaut.context.annotation.Primary;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Gives the framework's own refusals the same body as ours. The messages in the context are
 * dropped: they repeat parser texts and class names.
 */
@Singleton
@Primary
final class ProblemResponseProcessor implements ErrorResponseProcessor<Problem> {

  @Override
  @SuppressWarnings("unchecked") // a response without a body fits every type of body
  public MutableHttpResponse<Problem> processResponse(
      ErrorContext context, MutableHttpResponse<?> response) {
    if (context.getRequest().getMethod() == HttpMethod.HEAD) {
      return (MutableHttpResponse<Problem>) response;
    }
    ProblemCode code =
        isBodyMissing(context)
            ? ProblemCode.MALFORMED_JSON
            : ProblemCode.ofStatus(HttpStatus.valueOf(response.code()));
    return response
        .status(code.status())
        .contentType(MediaType.APPLICATION_JSON_PROBLEM_TYPE)
        .body(Problem.of(code, List.of()).answering(context.getRequest()));
  }

  private static boolean isBodyMissing(ErrorContext context) {
    return context.getRootCause().filter(UnsatisfiedRouteException.class::isInstance).isPresent();
  }
}

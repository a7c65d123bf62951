package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.problem.FieldError;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Says in the words of RFC 6749 §5.2 what the rest of the service says in those of RFC 9457. */
@ServerFilter("/oauth2/**")
public final class OAuth2ErrorFilter implements Ordered {

  private static final String FORM_WANTED =
      "The parameters must be sent as " + MediaType.APPLICATION_FORM_URLENCODED + ", each once.";

  /** Outside of what refuses, so that it sees the refusals. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }

  /** Leaves everything but a {@link Problem} as it is. */
  @ResponseFilter
  public void translate(MutableHttpResponse<?> response) {
    if (response.body() instanceof Problem problem) {
      ProblemCode code = problem.code();
      response
          .status(
              code.status() == HttpStatus.UNSUPPORTED_MEDIA_TYPE
                  ? HttpStatus.BAD_REQUEST
                  : code.status())
          .contentType(MediaType.APPLICATION_JSON_TYPE)
          .body(new OAuth2Error(OAuth2ErrorCode.of(code).code(), description(problem)));
    }
  }

  private static String firstError(Problem problem) {
    FieldError first = problem.errors().getFirst();
    return first.field() + " " + first.message() + ".";
  }

  private static String description(Problem problem) {
    return switch (problem.code()) {
      case VALIDATION_FAILED -> firstError(problem);
      case INVALID_DPOP_PROOF ->
          problem.errors().stream()
              .findFirst()
              .map(error -> "DPoP: " + error.message() + ".")
              .orElse(problem.detail());
      case BAD_REQUEST, MALFORMED_JSON, UNSUPPORTED_MEDIA_TYPE -> FORM_WANTED;
      default -> problem.detail();
    };
  }
}

package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.ended.EndedSessionsController;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;

/**
 * Refuses parameters in the address: addresses end up in logs and histories, and what is sent here
 * are tokens and secrets (RFC 6749 §2.3.1). The feed of ended sessions takes neither.
 */
@ServerFilter("/oauth2/**")
final class QueryFilter {

  @RequestFilter
  void refuseQuery(HttpRequest<?> request) {
    if (request.getUri().getRawQuery() != null
        && !request.getPath().equals(EndedSessionsController.PATH)) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, List.of());
    }
  }
}

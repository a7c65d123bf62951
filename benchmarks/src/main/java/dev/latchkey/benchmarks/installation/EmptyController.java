package dev.latchkey.benchmarks.installation;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.Map;

/** The least that this server can do for a JSON request: one limit of everything else. */
@Controller("/benchmark/empty")
@Secured(SecurityRule.IS_ANONYMOUS)
final class EmptyController {

  @Post
  Map<String, Object> answer(@Body Map<String, Object> nothing) {
    return nothing;
  }
}

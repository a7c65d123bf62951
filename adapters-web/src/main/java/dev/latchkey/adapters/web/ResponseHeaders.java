package dev.latchkey.adapters.web;

import dev.latchkey.adapters.web.browser.AllowedOrigins;
import dev.latchkey.adapters.web.ended.EndedSessionsController;
import dev.latchkey.adapters.web.problem.Problem;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Adds headers to every answer, refusals included, and the id of the request to every problem. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ResponseHeaders implements Ordered {

  private static final String POLICY = "Content-Security-Policy";
  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final boolean cors;

  ResponseHeaders(AllowedOrigins origins) {
    this.cors = !origins.others().isEmpty();
  }

  /** Outermost, so that it sees the refusals of all others. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  void addTo(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.body() instanceof Problem problem) {
      var _ = response.body(problem.answering(request));
    }
    String path = request.getPath();
    response.header("X-Content-Type-Options", "nosniff");
    response.header("X-Frame-Options", "DENY");
    response.header("Referrer-Policy", "no-referrer");
    if (cors && !response.getHeaders().getAll(HttpHeaders.VARY).contains(HttpHeaders.ORIGIN)) {
      // Or a cache gives the page of an allowed origin what it has got for another, which may not
      // read it (the Fetch standard, CORS protocol and HTTP caches).
      response.header(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    }
    if (!response.getHeaders().contains(POLICY)) {
      // What is no page loads nothing, should a browser show it as one.
      response.header(POLICY, NOTHING);
    }
    boolean isPublic =
        path.equals(EndedSessionsController.PATH)
            && response.getHeaders().contains(HttpHeaders.CACHE_CONTROL);
    if ((path.startsWith("/api/") || path.startsWith("/oauth2/")) && !isPublic) {
      // Answers of the API hold tokens or personal data (RFC 6749 §5.1).
      response.header(HttpHeaders.CACHE_CONTROL, "no-store");
      response.header(HttpHeaders.PRAGMA, "no-cache");
    }
  }
}

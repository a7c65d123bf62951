package dev.latchkey.adapters.web.proof;

import dev.latchkey.application.port.in.session.IssueNonce;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Adds the nonce for the next proof to every answer to a request with one (RFC 9449 §8.2). */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ProofNonces implements Ordered {

  private final IssueNonce issueNonce;

  ProofNonces(IssueNonce issueNonce) {
    this.issueNonce = issueNonce;
  }

  /** Outermost, so that it sees the refusals of all others. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @ResponseFilter
  void addTo(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (Proofs.isIn(request)) {
      response.header(Proofs.NONCE_HEADER, issueNonce.execute());
    }
  }
}

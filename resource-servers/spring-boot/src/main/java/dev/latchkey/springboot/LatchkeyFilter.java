package dev.latchkey.springboot;

import dev.latchkey.resourceserver.Call;
import dev.latchkey.resourceserver.Decision;
import dev.latchkey.resourceserver.Decision.Accepted;
import dev.latchkey.resourceserver.ResourceServer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes the access token of a request its {@link LatchkeyAuthentication}. A refusal is only noted:
 * it becomes the answer if the request turns out to need a caller.
 */
final class LatchkeyFilter extends OncePerRequestFilter {

  private final ResourceServer latchkey;
  private final SecurityContextHolderStrategy contexts =
      SecurityContextHolder.getContextHolderStrategy();

  /** The page for an error is a second round through the filters, with a proof that is used up. */
  private final SecurityContextRepository forErrors =
      new RequestAttributeSecurityContextRepository();

  LatchkeyFilter(ResourceServer latchkey) {
    this.latchkey = latchkey;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
      Decision decision = latchkey.check(call(request));
      if (decision instanceof Accepted accepted) {
        var context = contexts.createEmptyContext();
        context.setAuthentication(new LatchkeyAuthentication(accepted.token()));
        contexts.setContext(context);
        forErrors.saveContext(context, request, response);
      } else {
        Refusals.note(request, decision);
      }
    }
    chain.doFilter(request, response);
  }

  private static Call call(HttpServletRequest request) {
    return new Call(
        request.getMethod(),
        URI.create(request.getRequestURL().toString()),
        Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)),
        Collections.list(request.getHeaders("DPoP")));
  }
}

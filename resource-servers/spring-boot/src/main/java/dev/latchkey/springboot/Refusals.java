package dev.latchkey.springboot;

import dev.latchkey.resourceserver.Decision;
import dev.latchkey.resourceserver.Decision.Refused;
import dev.latchkey.resourceserver.Decision.Unavailable;
import dev.latchkey.resourceserver.ResourceServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;

/** Answers the requests that may not go on, with their challenges and without a body. */
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final String ATTRIBUTE = Refusals.class.getName();

  private final ResourceServer latchkey;
  private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();

  Refusals(ResourceServer latchkey) {
    this.latchkey = latchkey;
  }

  /** Why this request has no caller although it comes with a token. */
  static void note(HttpServletRequest request, Decision decision) {
    request.setAttribute(ATTRIBUTE, decision);
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException cause) {
    Object noted = request.getAttribute(ATTRIBUTE);
    if (noted instanceof Unavailable) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setIntHeader(HttpHeaders.RETRY_AFTER, Unavailable.RETRY_AFTER);
    } else {
      refuse(response, noted instanceof Refused refused ? refused : latchkey.requireToken());
    }
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException, ServletException {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof LatchkeyAuthentication caller) {
      refuse(response, latchkey.forbid(caller.getPrincipal()));
    } else {
      others.handle(request, response, cause);
    }
  }

  private static void refuse(HttpServletResponse response, Refused refused) {
    response.setStatus(refused.status());
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, refused.challenge());
  }
}

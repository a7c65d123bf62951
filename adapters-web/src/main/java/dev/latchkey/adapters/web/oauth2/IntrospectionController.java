package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.application.port.in.session.IntrospectToken;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.User;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;

/**
 * {@code POST /oauth2/introspect}: answers a resource server whether a token is valid right now
 * (RFC 7662).
 */
@Hidden
@Controller("/oauth2/introspect")
@Secured(SecurityRule.IS_ANONYMOUS)
final class IntrospectionController {

  private final ClientAuthentication clientAuthentication;
  private final IntrospectToken introspectToken;
  private final AuthorizationServer server;

  IntrospectionController(
      ClientAuthentication clientAuthentication,
      IntrospectToken introspectToken,
      AuthorizationServer server) {
    this.clientAuthentication = clientAuthentication;
    this.introspectToken = introspectToken;
    this.server = server;
  }

  /**
   * The kind is evident from the token itself; {@code token_type_hint} is ignored, as it may be
   * (RFC 7662 §2.1).
   */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> introspect(@Body FormRequest form, HttpRequest<?> request) {
    Client caller = clientAuthentication.authenticate(request, form.clientId(request));
    var command = new IntrospectToken.Command(new TokenText(form.require("token")), caller);
    return switch (introspectToken.execute(command)) {
      case IntrospectToken.Result.ActiveAccessToken(AccessToken token) ->
          HttpResponse.ok(IntrospectionResponse.of(token, server));
      case IntrospectToken.Result.ActiveRefreshToken(Session session, User user) ->
          HttpResponse.ok(IntrospectionResponse.of(session, user, server));
      case IntrospectToken.Result.Inactive() -> HttpResponse.ok(IntrospectionResponse.INACTIVE);
      case IntrospectToken.Result.NotAuthenticated() ->
          Problem.response(ProblemCode.INVALID_CLIENT);
      case IntrospectToken.Result.NotAllowed() ->
          OAuth2Error.response(
              OAuth2ErrorCode.UNAUTHORIZED_CLIENT, "The client may not introspect tokens.");
    };
  }
}

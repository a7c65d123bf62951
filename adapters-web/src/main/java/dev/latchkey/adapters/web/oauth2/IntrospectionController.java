package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;

/**
 * {@code POST /oauth2/introspect}: answers a resource server whether a token is valid right now
 * (RFC 7662).
 */
@Tag(name = "OAuth 2.0")
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
  @Operation(
      summary =
          "Say whether a token is valid right now, as RFC 7662 has it; for clients that may ask",
      security = @SecurityRequirement(name = "basic"),
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = IntrospectionParameters.class))))
  @ApiResponse(
      responseCode = "200",
      description = "What the token is, if it is valid",
      content =
          @Content(
              schema = @Schema(implementation = IntrospectionResponse.class),
              examples = @ExampleObject(name = "inactive", value = "{\"active\": false}")))
  @Refuses(ProblemCode.INVALID_CLIENT)
  @OAuth2Refuses(OAuth2Refusal.UNAUTHORIZED_CLIENT)
  HttpResponse<?> introspect(
      @Body FormRequest form, @Parameter(hidden = true) HttpRequest<?> request) {
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
      case IntrospectToken.Result.NotAllowed() -> OAuth2Refusal.UNAUTHORIZED_CLIENT.response();
    };
  }
}

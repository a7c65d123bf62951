package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.proof.Proofs;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.token.TokenText;
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
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** {@code POST /oauth2/revoke}: ends the session of a token, refresh or access (RFC 7009). */
@Tag(name = "OAuth 2.0")
@Controller("/oauth2/revoke")
@Secured(SecurityRule.IS_ANONYMOUS)
final class RevocationController {

  private final ClientAuthentication clientAuthentication;
  private final Proofs proofs;
  private final RevokeToken revokeToken;
  private final Devices devices;

  RevocationController(
      ClientAuthentication clientAuthentication,
      Proofs proofs,
      RevokeToken revokeToken,
      Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.proofs = proofs;
    this.revokeToken = revokeToken;
    this.devices = devices;
  }

  /**
   * The kind is evident from the token itself; {@code token_type_hint} is ignored, as it may be
   * (RFC 7009 §2.1).
   */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      summary = "Log out by any token of a session, as RFC 7009 has it",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = RevocationParameters.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The session is ended, now or before; also for an unknown token",
      content = @Content)
  @Refuses({ProblemCode.INVALID_DPOP_PROOF, ProblemCode.USE_DPOP_NONCE, ProblemCode.INVALID_CLIENT})
  @OAuth2Refuses(OAuth2Refusal.TOKEN_OF_ANOTHER_CLIENT)
  HttpResponse<?> revokeToken(
      @Body FormRequest form, @Parameter(hidden = true) HttpRequest<?> request) {
    Client client = clientAuthentication.authenticate(request, form.clientId(request));
    var token = new RevokeToken.Token.Any(new TokenText(form.require("token")));
    var command =
        new RevokeToken.Command(
            token, client.id(), proofs.keyProvenBy(request), devices.of(request));
    return switch (revokeToken.execute(command)) {
      case RevokeToken.Result.Revoked(), RevokeToken.Result.NothingToRevoke() -> HttpResponse.ok();
      case RevokeToken.Result.OtherClient() -> OAuth2Refusal.TOKEN_OF_ANOTHER_CLIENT.response();
      case RevokeToken.Result.Unproven() -> throw Proofs.missing();
    };
  }
}

package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
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
import io.swagger.v3.oas.annotations.Hidden;

/** {@code POST /oauth2/revoke}: ends the session of a token, refresh or access (RFC 7009). */
@Hidden
@Controller("/oauth2/revoke")
@Secured(SecurityRule.IS_ANONYMOUS)
final class RevocationController {

  private final ClientAuthentication clientAuthentication;
  private final RevokeToken revokeToken;
  private final Devices devices;

  RevocationController(
      ClientAuthentication clientAuthentication, RevokeToken revokeToken, Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.revokeToken = revokeToken;
    this.devices = devices;
  }

  /**
   * The kind is evident from the token itself; {@code token_type_hint} is ignored, as it may be
   * (RFC 7009 §2.1).
   */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revoke(@Body FormRequest form, HttpRequest<?> request) {
    Client client = clientAuthentication.authenticate(request, form.clientId(request));
    var token = new RevokeToken.Token.Any(new TokenText(form.require("token")));
    var command = new RevokeToken.Command(token, client.id(), devices.of(request));
    return switch (revokeToken.execute(command)) {
      case RevokeToken.Result.Revoked(), RevokeToken.Result.NothingToRevoke() -> HttpResponse.ok();
      case RevokeToken.Result.OtherClient() ->
          OAuth2Error.response(
              OAuth2ErrorCode.INVALID_GRANT, "The token was issued to another client.");
    };
  }
}

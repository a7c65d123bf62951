package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.in.session.Revoke;
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
  private final Revoke revoke;

  RevocationController(ClientAuthentication clientAuthentication, Revoke revoke) {
    this.clientAuthentication = clientAuthentication;
    this.revoke = revoke;
  }

  /**
   * The token itself tells its kind; {@code token_type_hint} is ignored, as it may be (RFC 7009
   * §2.1).
   */
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> revoke(@Body FormRequest form, HttpRequest<?> request) {
    Client client = clientAuthentication.authenticate(request, form.clientId(request));
    var target = new Revoke.Target.OfToken(new TokenText(form.require("token")), client.id());
    return switch (revoke.execute(new Revoke.Command(target, Devices.of(request)))) {
      case Revoke.Result.Revoked(), Revoke.Result.NothingToRevoke() -> HttpResponse.ok();
      case Revoke.Result.OtherClient() ->
          OAuth2Error.response(
              OAuth2ErrorCode.INVALID_GRANT, "The token was issued to another client.");
    };
  }
}

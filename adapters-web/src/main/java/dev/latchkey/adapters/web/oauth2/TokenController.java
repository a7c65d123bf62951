package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.ExchangeRefreshTokenForScope;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth2/token}: the exchange of {@code /api/auth/refresh} in the words of RFC 6749
 * §6. There is no other grant: sessions start under {@code /api}, and never by {@code
 * grant_type=password} (RFC 9700 §2.4).
 */
@Hidden
@Controller("/oauth2/token")
@Secured(SecurityRule.IS_ANONYMOUS)
final class TokenController {

  private final ClientAuthentication clientAuthentication;
  private final ExchangeRefreshTokenForScope exchangeRefreshToken;
  private final Devices devices;

  TokenController(
      ClientAuthentication clientAuthentication,
      ExchangeRefreshTokenForScope exchangeRefreshToken,
      Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.exchangeRefreshToken = exchangeRefreshToken;
    this.devices = devices;
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> token(
      @Body FormRequest form,
      @Nullable @Header("Idempotency-Key") String idempotencyKey,
      HttpRequest<?> request) {
    Client client = clientAuthentication.authenticate(request, form.clientId(request));
    if (!form.require("grant_type").equals("refresh_token")) {
      return OAuth2Error.response(
          OAuth2ErrorCode.UNSUPPORTED_GRANT_TYPE, "The only grant type is refresh_token.");
    }
    TokenText refreshToken = new TokenText(form.require("refresh_token"));
    Optional<Parsed<IdempotencyKey>> key =
        Optional.ofNullable(idempotencyKey).map(IdempotencyKey::parse);
    if (key.isPresent() && key.get() instanceof Parsed.Invalid<?> invalid) {
      return OAuth2Error.response(
          OAuth2ErrorCode.INVALID_REQUEST,
          "Idempotency-Key " + invalid.violation().message() + ".");
    }
    Optional<Set<Role>> scope = Scope.parse(form.get("scope"));
    if (form.has("scope") && scope.isEmpty()) {
      return scopeRefused();
    }
    return exchange(
        new ExchangeRefreshTokenForScope.Command(
            new ExchangeRefreshToken.Command(
                refreshToken,
                client.id(),
                key.map(Parsed::orThrow).orElse(null),
                form.has("access_token") ? new TokenText(form.get("access_token")) : null,
                devices.of(request)),
            scope.orElse(null)));
  }

  private HttpResponse<?> exchange(ExchangeRefreshTokenForScope.Command command) {
    return switch (exchangeRefreshToken.execute(command)) {
      case ExchangeRefreshToken.Result.Exchanged(IssuedTokens tokens) ->
          HttpResponse.ok(OAuth2TokenResponse.of(tokens));
      case ExchangeRefreshToken.Result.Unknown(), ExchangeRefreshToken.Result.Overtaken() ->
          grantRefused(ProblemCode.INVALID_REFRESH_TOKEN);
      case ExchangeRefreshToken.Result.Expired() -> grantRefused(ProblemCode.REFRESH_TOKEN_EXPIRED);
      case ExchangeRefreshToken.Result.Revoked() -> grantRefused(ProblemCode.SESSION_REVOKED);
      case ExchangeRefreshToken.Result.ReuseDetected() ->
          grantRefused(ProblemCode.REFRESH_TOKEN_REUSED);
      case ExchangeRefreshToken.Result.OtherClient() ->
          OAuth2Error.response(
              OAuth2ErrorCode.INVALID_GRANT, "The refresh token was issued to another client.");
      case ExchangeRefreshTokenForScope.ScopeTooWide() -> scopeRefused();
      case ExchangeRefreshToken.Result.AccessTokenMismatch() ->
          grantRefused(ProblemCode.ACCESS_TOKEN_MISMATCH);
      case ExchangeRefreshToken.Result.TooEarly() ->
          grantRefused(ProblemCode.ACCESS_TOKEN_NOT_EXPIRED);
    };
  }

  private static HttpResponse<?> grantRefused(ProblemCode cause) {
    return OAuth2Error.response(OAuth2ErrorCode.INVALID_GRANT, cause.detail());
  }

  private static HttpResponse<?> scopeRefused() {
    return OAuth2Error.response(
        OAuth2ErrorCode.INVALID_SCOPE, "The scope is wider than what was granted.");
  }
}

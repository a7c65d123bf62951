package dev.latchkey.adapters.web.oauth2;

import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.proof.Proofs;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /oauth2/token}: the exchange of {@code /api/auth/refresh} in the words of RFC 6749
 * §6. There is no other grant: sessions start under {@code /api}, and never by {@code
 * grant_type=password} (RFC 9700 §2.4).
 */
@Tag(name = "OAuth 2.0")
@Controller("/oauth2/token")
@Secured(SecurityRule.IS_ANONYMOUS)
final class TokenController {

  private final ClientAuthentication clientAuthentication;
  private final Proofs proofs;
  private final ExchangeRefreshTokenForScope exchangeRefreshToken;
  private final Devices devices;

  TokenController(
      ClientAuthentication clientAuthentication,
      Proofs proofs,
      ExchangeRefreshTokenForScope exchangeRefreshToken,
      Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.proofs = proofs;
    this.exchangeRefreshToken = exchangeRefreshToken;
    this.devices = devices;
  }

  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Operation(
      summary = "Exchange a refresh token, as RFC 6749 §6 has it",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                      schema = @Schema(implementation = TokenParameters.class))))
  @ApiResponse(
      responseCode = "200",
      description = "The tokens",
      content = @Content(schema = @Schema(implementation = OAuth2TokenResponse.class)))
  @ApiResponse(
      responseCode = "400",
      description = "invalid_request",
      content = @Content(schema = @Schema(implementation = OAuth2Error.class)))
  @Refuses({ProblemCode.INVALID_DPOP_PROOF, ProblemCode.USE_DPOP_NONCE, ProblemCode.INVALID_CLIENT})
  @OAuth2Refuses({
    OAuth2Refusal.UNSUPPORTED_GRANT_TYPE,
    OAuth2Refusal.INVALID_REFRESH_TOKEN,
    OAuth2Refusal.REFRESH_TOKEN_EXPIRED,
    OAuth2Refusal.SESSION_REVOKED,
    OAuth2Refusal.REFRESH_TOKEN_REUSED,
    OAuth2Refusal.REFRESH_TOKEN_OF_ANOTHER_CLIENT,
    OAuth2Refusal.ACCESS_TOKEN_MISMATCH,
    OAuth2Refusal.ACCESS_TOKEN_NOT_EXPIRED,
    OAuth2Refusal.INVALID_SCOPE
  })
  HttpResponse<?> token(
      @Body FormRequest form,
      @Nullable
          @Header("Idempotency-Key")
          @Parameter(
              description =
                  "Sent again with the retry of the same exchange; makes retries possible for a"
                      + " day",
              example = "7d0c6a1e-6c1b-4d0c-9a53-2f3c8f1f0b6e")
          String idempotencyKey,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Client client = clientAuthentication.authenticate(request, form.clientId(request));
    if (!form.require("grant_type").equals("refresh_token")) {
      return OAuth2Refusal.UNSUPPORTED_GRANT_TYPE.response();
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
      return OAuth2Refusal.INVALID_SCOPE.response();
    }
    return exchange(
        new ExchangeRefreshTokenForScope.Command(
            new ExchangeRefreshToken.Command(
                refreshToken,
                client.id(),
                key.map(Parsed::orThrow).orElse(null),
                form.has("access_token") ? new TokenText(form.get("access_token")) : null,
                proofs.of(request),
                devices.of(request)),
            scope.orElse(null)));
  }

  private HttpResponse<?> exchange(ExchangeRefreshTokenForScope.Command command) {
    return switch (exchangeRefreshToken.execute(command)) {
      case ExchangeRefreshToken.Result.Exchanged(IssuedTokens tokens) ->
          HttpResponse.ok(OAuth2TokenResponse.of(tokens));
      case ExchangeRefreshToken.Result.Unknown(), ExchangeRefreshToken.Result.Overtaken() ->
          OAuth2Refusal.INVALID_REFRESH_TOKEN.response();
      case ExchangeRefreshToken.Result.Expired() -> OAuth2Refusal.REFRESH_TOKEN_EXPIRED.response();
      case ExchangeRefreshToken.Result.Revoked() -> OAuth2Refusal.SESSION_REVOKED.response();
      case ExchangeRefreshToken.Result.ReuseDetected() ->
          OAuth2Refusal.REFRESH_TOKEN_REUSED.response();
      case ExchangeRefreshToken.Result.OtherClient() ->
          OAuth2Refusal.REFRESH_TOKEN_OF_ANOTHER_CLIENT.response();
      case ExchangeRefreshTokenForScope.ScopeTooWide() -> OAuth2Refusal.INVALID_SCOPE.response();
      case ExchangeRefreshToken.Result.AccessTokenMismatch() ->
          OAuth2Refusal.ACCESS_TOKEN_MISMATCH.response();
      case ExchangeRefreshToken.Result.TooEarly() ->
          OAuth2Refusal.ACCESS_TOKEN_NOT_EXPIRED.response();
      case ExchangeRefreshToken.Result.Unproven() -> throw Proofs.missing();
      case ExchangeRefreshToken.Result.StaleProof() -> throw Proofs.nonceNeeded();
    };
  }
}

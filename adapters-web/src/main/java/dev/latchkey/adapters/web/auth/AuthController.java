package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.bearer.Bearer;
import dev.latchkey.adapters.web.bearer.BearerChallenge;
import dev.latchkey.adapters.web.browser.EarlierCookie;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.adapters.web.client.ClientAuthentication;
import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.problem.Refuses;
import dev.latchkey.adapters.web.proof.Proofs;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.adapters.web.request.Patience;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.ExchangeRefreshToken;
import dev.latchkey.application.port.in.session.IssuedTokens;
import dev.latchkey.application.port.in.session.Login;
import dev.latchkey.application.port.in.session.RevokeSession;
import dev.latchkey.application.port.in.session.RevokeToken;
import dev.latchkey.domain.client.Client;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.token.TokenText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code /api/auth}: log in, exchange, log out. */
@Controller("/api/auth")
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Authentication")
final class AuthController {

  private final ClientAuthentication clientAuthentication;
  private final Proofs proofs;
  private final Patience patience;
  private final Login login;
  private final ExchangeRefreshToken exchangeRefreshToken;
  private final RevokeToken revokeToken;
  private final RevokeSession revokeSession;
  private final EarlierCookie earlierCookie;
  private final Devices devices;

  AuthController(
      ClientAuthentication clientAuthentication,
      Proofs proofs,
      Patience patience,
      Login login,
      ExchangeRefreshToken exchangeRefreshToken,
      RevokeToken revokeToken,
      RevokeSession revokeSession,
      EarlierCookie earlierCookie,
      Devices devices) {
    this.clientAuthentication = clientAuthentication;
    this.proofs = proofs;
    this.patience = patience;
    this.login = login;
    this.exchangeRefreshToken = exchangeRefreshToken;
    this.revokeToken = revokeToken;
    this.revokeSession = revokeSession;
    this.earlierCookie = earlierCookie;
    this.devices = devices;
  }

  @Post("/login")
  @Operation(summary = "Log in with user name or e-mail address and password; starts a session")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TokensResponse.class)))
  @Refuses({
    ProblemCode.INVALID_CREDENTIALS,
    ProblemCode.INVALID_DPOP_PROOF,
    ProblemCode.USE_DPOP_NONCE,
    ProblemCode.INVALID_CLIENT,
    ProblemCode.TOO_MANY_ATTEMPTS,
    ProblemCode.OVERLOADED
  })
  HttpResponse<?> login(
      @Body LoginRequest body,
      @Parameter(hidden = true) RefreshTokenTransport transport,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Secret earlier = transport.optional(body.refreshToken());
    Client client = clientAuthentication.authenticateOrFirstParty(request, body.clientId());
    Binding binding = proofs.bindingFor(request, body.tokenType());
    var command = body.toCommand(earlier, client.id(), binding, devices.of(request));
    return switch (login.execute(command)) {
      case Login.Result.LoggedIn(IssuedTokens tokens) -> {
        earlierCookie.end(transport, client, binding, request);
        yield issued(tokens, transport);
      }
      case Login.Result.InvalidCredentials() -> Problem.response(ProblemCode.INVALID_CREDENTIALS);
      case Login.Result.TooManyAttempts(Duration delay) ->
          patience.refuse(Problem.retryLater(ProblemCode.TOO_MANY_ATTEMPTS, delay));
      case Login.Result.BindingRequired() -> throw Proofs.missing();
      case Login.Result.Overloaded() -> Problem.retryLater(ProblemCode.OVERLOADED);
    };
  }

  @Post("/refresh")
  @Operation(summary = "Exchange a refresh token for an access token and the next refresh token")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = TokensResponse.class)))
  @Refuses({
    ProblemCode.INVALID_REFRESH_TOKEN,
    ProblemCode.REFRESH_TOKEN_EXPIRED,
    ProblemCode.SESSION_REVOKED,
    ProblemCode.REFRESH_TOKEN_REUSED,
    ProblemCode.ACCESS_TOKEN_MISMATCH,
    ProblemCode.ACCESS_TOKEN_NOT_EXPIRED,
    ProblemCode.INVALID_DPOP_PROOF,
    ProblemCode.USE_DPOP_NONCE,
    ProblemCode.INVALID_CLIENT
  })
  HttpResponse<?> refresh(
      @Body RefreshRequest body,
      @Nullable
          @Header("Idempotency-Key")
          @Parameter(
              description =
                  "Sent again with the retry of the same exchange; makes retries possible for a"
                      + " day",
              example = "7d0c6a1e-6c1b-4d0c-9a53-2f3c8f1f0b6e")
          String idempotencyKey,
      @Parameter(hidden = true) RefreshTokenTransport transport,
      @Parameter(hidden = true) HttpRequest<?> request) {
    Secret presented = transport.required(body.refreshToken());
    Client client = clientAuthentication.authenticateOrFirstParty(request, body.clientId());
    var command =
        body.toCommand(
            presented, client.id(), idempotencyKey, proofs.of(request), devices.of(request));
    return switch (exchangeRefreshToken.execute(command)) {
      case ExchangeRefreshToken.Result.Exchanged(IssuedTokens tokens) -> issued(tokens, transport);
      case ExchangeRefreshToken.Result.Unknown(),
          ExchangeRefreshToken.Result.Overtaken(),
          ExchangeRefreshToken.Result.OtherClient() ->
          Problem.response(ProblemCode.INVALID_REFRESH_TOKEN);
      case ExchangeRefreshToken.Result.Expired() ->
          transport.end(Problem.response(ProblemCode.REFRESH_TOKEN_EXPIRED));
      case ExchangeRefreshToken.Result.Revoked() ->
          transport.end(Problem.response(ProblemCode.SESSION_REVOKED));
      case ExchangeRefreshToken.Result.ReuseDetected() ->
          transport.end(Problem.response(ProblemCode.REFRESH_TOKEN_REUSED));
      case ExchangeRefreshToken.Result.AccessTokenMismatch() ->
          Problem.response(ProblemCode.ACCESS_TOKEN_MISMATCH);
      case ExchangeRefreshToken.Result.TooEarly() ->
          Problem.response(ProblemCode.ACCESS_TOKEN_NOT_EXPIRED);
      case ExchangeRefreshToken.Result.Unproven() -> throw Proofs.missing();
      case ExchangeRefreshToken.Result.StaleProof() -> throw Proofs.nonceNeeded();
    };
  }

  private static HttpResponse<?> issued(IssuedTokens tokens, RefreshTokenTransport transport) {
    return transport.issue(HttpResponse.ok(TokensResponse.of(tokens, transport)), tokens);
  }

  @Post("/revoke")
  @Operation(
      summary =
          "Log out: end the session of a refresh token, or else of the access token in the header")
  @ApiResponse(
      responseCode = "204",
      description = "The session is ended, now or before; also for an unknown token")
  @Refuses({
    ProblemCode.INVALID_REFRESH_TOKEN,
    ProblemCode.INVALID_DPOP_PROOF,
    ProblemCode.USE_DPOP_NONCE,
    ProblemCode.INVALID_CLIENT
  })
  HttpResponse<?> revoke(
      @Body @Nullable RevokeRequest body,
      @Nullable @Parameter(hidden = true) Bearer bearer,
      @Parameter(hidden = true) RefreshTokenTransport transport,
      @Parameter(hidden = true) HttpRequest<?> request) {
    RevokeRequest parameters = body == null ? RevokeRequest.EMPTY : body;
    Secret presented = transport.optional(parameters.refreshToken());
    if (!presented.isEmpty()) {
      return revoke(presented, parameters.clientId(), transport, request);
    }
    if (bearer != null) {
      return logOut(bearer, request);
    }
    // A browser without the cookie has logged out before.
    return transport.keptByBrowser()
        ? HttpResponse.noContent()
        : BearerChallenge.of(request).response(request);
  }

  private HttpResponse<?> revoke(
      Secret presented, String clientId, RefreshTokenTransport transport, HttpRequest<?> request) {
    Client client = clientAuthentication.authenticateOrFirstParty(request, clientId);
    var token = new RevokeToken.Token.Refresh(new TokenText(presented.reveal()));
    var command =
        new RevokeToken.Command(
            token, client.id(), proofs.keyProvenBy(request), devices.of(request));
    return switch (revokeToken.execute(command)) {
      case RevokeToken.Result.Revoked(), RevokeToken.Result.NothingToRevoke() ->
          transport.end(HttpResponse.noContent());
      case RevokeToken.Result.OtherClient() -> Problem.response(ProblemCode.INVALID_REFRESH_TOKEN);
      case RevokeToken.Result.Unproven() -> throw Proofs.missing();
    };
  }

  private HttpResponse<?> logOut(Bearer bearer, HttpRequest<?> request) {
    var command =
        new RevokeSession.Command(
            bearer.token().userId(), bearer.token().sessionId(), devices.of(request));
    return switch (revokeSession.execute(command)) {
      case RevokeSession.Result.Revoked(), RevokeSession.Result.NothingToRevoke() ->
          HttpResponse.noContent();
    };
  }
}

package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * The tokens that a client receives.
 *
 * @param expiresIn seconds until the access token expires, for clients whose clock is wrong
 * @param accessTokenExpiresAt ISO 8601, UTC
 * @param refreshTokenExpiresAt ISO 8601, UTC; a later exchange moves it
 * @param sessionExpiresAt ISO 8601, UTC; the absolute end of the session; no exchange extends it
 * @param outcome issued, rotated or retried
 */
@Schema(name = "Tokens")
public record TokensResponse(
    @Schema(example = "Bearer") String tokenType,
    @Schema(type = "string") Secret accessToken,
    @Schema(example = "300") long expiresIn,
    @Schema(format = "date-time") String accessTokenExpiresAt,
    @Schema(type = "string") Secret refreshToken,
    @Schema(format = "date-time") String refreshTokenExpiresAt,
    @Schema(format = "date-time") String sessionExpiresAt,
    @Schema(format = "uuid") String sessionId,
    @Schema(
            type = "string",
            allowableValues = {"issued", "rotated", "retried"})
        String outcome) {

  public static TokensResponse of(IssuedTokens tokens) {
    return new TokensResponse(
        "Bearer",
        new Secret(tokens.accessTokenText().reveal()),
        tokens.accessToken().lifetime().toSeconds(),
        tokens.accessToken().expiresAt().toString(),
        new Secret(tokens.refreshTokenText().reveal()),
        tokens.session().expiresAt().toString(),
        tokens.session().absoluteExpiresAt().toString(),
        tokens.session().id().toString(),
        tokens.outcome().name().toLowerCase(Locale.ROOT));
  }
}

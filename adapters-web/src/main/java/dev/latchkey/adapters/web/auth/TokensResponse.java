package dev.latchkey.adapters.web.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.adapters.web.browser.RefreshTokenTransport;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a client receives.
 *
 * @param expiresIn seconds until the access token expires, for clients whose clock is wrong
 * @param accessTokenExpiresAt ISO 8601, UTC
 * @param refreshToken left out if a cookie carries it
 * @param refreshTokenExpiresAt ISO 8601, UTC; a later exchange moves it
 * @param sessionExpiresAt ISO 8601, UTC; the absolute end of the session; no exchange extends it
 * @param outcome issued, rotated or retried
 */
@Schema(name = "Tokens")
public record TokensResponse(
    @Schema(example = "Bearer") String tokenType,
    @Schema(type = "string", example = TokenExamples.ACCESS) Secret accessToken,
    @Schema(example = "300") long expiresIn,
    @Schema(format = "date-time", example = "2026-01-31T09:35:00Z") String accessTokenExpiresAt,
    @Schema(
            type = "string",
            description = "Left out if a cookie carries it",
            example = TokenExamples.REFRESH)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Secret refreshToken,
    @Schema(format = "date-time", example = "2026-02-07T09:30:00Z") String refreshTokenExpiresAt,
    @Schema(format = "date-time", example = "2026-03-02T09:30:00Z") String sessionExpiresAt,
    @Schema(format = "uuid", example = "018f4e9c-7a52-7c11-b3a4-5d0e2f6c9a10") String sessionId,
    @Schema(
            type = "string",
            allowableValues = {"issued", "rotated", "retried"})
        String outcome) {

  public static TokensResponse of(IssuedTokens tokens, RefreshTokenTransport transport) {
    return new TokensResponse(
        tokens.accessToken().type().text(),
        new Secret(tokens.accessTokenText().reveal()),
        tokens.accessToken().lifetime().toSeconds(),
        tokens.accessToken().expiresAt().toString(),
        transport.inAnswer(tokens),
        tokens.session().expiresAt().toString(),
        tokens.session().absoluteExpiresAt().toString(),
        tokens.session().id().toString(),
        tokens.outcome().name().toLowerCase(Locale.ROOT));
  }
}

package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import dev.latchkey.application.port.in.session.IssuedTokens;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The answer of the token endpoint (RFC 6749 §5.1).
 *
 * @param expiresIn seconds until the access token expires
 * @param scope the roles in the access token, separated by spaces; left out if there are none
 */
record OAuth2TokenResponse(
    @JsonProperty("access_token") @Schema(type = "string", example = TokenExamples.ACCESS)
        Secret accessToken,
    @JsonProperty("token_type") @Schema(example = "Bearer") String tokenType,
    @JsonProperty("expires_in") @Schema(example = "300") long expiresIn,
    @JsonProperty("refresh_token") @Schema(type = "string", example = TokenExamples.REFRESH)
        Secret refreshToken,
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, example = "admin")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String scope) {

  static OAuth2TokenResponse of(IssuedTokens tokens) {
    return new OAuth2TokenResponse(
        new Secret(tokens.accessTokenText().reveal()),
        tokens.accessToken().type().text(),
        tokens.accessToken().lifetime().toSeconds(),
        new Secret(tokens.refreshTokenText().reveal()),
        Scope.of(tokens.accessToken().roles()));
  }
}

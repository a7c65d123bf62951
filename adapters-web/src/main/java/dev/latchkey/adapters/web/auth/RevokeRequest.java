package dev.latchkey.adapters.web.auth;

import dev.latchkey.adapters.web.request.JsonRequest;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;

/**
 * The body of a log-out; a caller that sends an access token in the header may omit it.
 *
 * @param refreshToken may be empty
 * @param clientId may be empty
 */
record RevokeRequest(
    @Schema(
            type = "string",
            description = "Current or spent",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED,
            example = TokenExamples.REFRESH)
        Secret refreshToken,
    @Schema(
            description = "The client that asks, if it is not the first-party one",
            maxLength = 100,
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String clientId)
    implements JsonRequest {

  static final RevokeRequest EMPTY = new RevokeRequest(Secret.EMPTY, "");

  RevokeRequest {
    refreshToken = Objects.requireNonNullElse(refreshToken, Secret.EMPTY);
    clientId = Objects.requireNonNullElse(clientId, "");
  }
}

package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import io.swagger.v3.oas.annotations.media.Schema;

/** The form for the token endpoint (RFC 6749 §6), as the description shows it. */
record TokenParameters(
    @JsonProperty("grant_type")
        @Schema(
            type = "string",
            allowableValues = "refresh_token",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String grantType,
    @JsonProperty("refresh_token")
        @Schema(
            type = "string",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = TokenExamples.REFRESH)
        Secret refreshToken,
    @JsonProperty("client_id")
        @Schema(
            description = "Of a public client; a confidential one authenticates in the header",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED,
            example = "latchkey")
        String clientId,
    @Schema(
            description = "Roles, separated by spaces, if not all that the user has are wanted",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String scope,
    @JsonProperty("access_token")
        @Schema(
            type = "string",
            description = "If sent, an access token of the same session, expired or not",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        Secret accessToken) {}

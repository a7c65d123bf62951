package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.adapters.web.request.Secret;
import dev.latchkey.adapters.web.request.TokenExamples;
import io.swagger.v3.oas.annotations.media.Schema;

/** The form for the introspection endpoint (RFC 7662 §2.1), as the description shows it. */
record IntrospectionParameters(
    @Schema(
            type = "string",
            description = "An access token or a refresh token",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = TokenExamples.REFRESH)
        Secret token,
    @JsonProperty("token_type_hint")
        @Schema(
            description = "Ignored: the token itself says what it is",
            requiredMode = Schema.RequiredMode.NOT_REQUIRED)
        String tokenTypeHint) {}

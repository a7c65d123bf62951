package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.adapters.web.ended.EndedSessionsController;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.domain.session.KeyProof;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * What the service is and where (RFC 8414 §2).
 *
 * @param endedSessionsUri an addition of this service: where the feed of ended sessions is
 * @param responseTypes none, as there is no authorization endpoint; the member is required all the
 *     same
 */
record MetadataResponse(
    @Schema(example = "https://auth.example.org") String issuer,
    @JsonProperty("token_endpoint") @Schema(example = "https://auth.example.org/oauth2/token")
        String tokenEndpoint,
    @JsonProperty("revocation_endpoint") @Schema(example = "https://auth.example.org/oauth2/revoke")
        String revocationEndpoint,
    @JsonProperty("introspection_endpoint")
        @Schema(example = "https://auth.example.org/oauth2/introspect")
        String introspectionEndpoint,
    @JsonProperty("jwks_uri") @Schema(example = "https://auth.example.org/.well-known/jwks.json")
        String jwksUri,
    @JsonProperty("ended_sessions_uri")
        @Schema(example = "https://auth.example.org/oauth2/ended-sessions")
        String endedSessionsUri,
    @JsonInclude(JsonInclude.Include.ALWAYS)
        @JsonProperty("response_types_supported")
        @Schema(example = "[]")
        List<String> responseTypes,
    @JsonProperty("grant_types_supported") @Schema(example = "[\"refresh_token\"]")
        List<String> grantTypes,
    @JsonProperty("token_endpoint_auth_methods_supported")
        @Schema(example = "[\"none\", \"client_secret_basic\"]")
        List<String> tokenEndpointAuthMethods,
    @JsonProperty("revocation_endpoint_auth_methods_supported")
        @Schema(example = "[\"none\", \"client_secret_basic\"]")
        List<String> revocationEndpointAuthMethods,
    @JsonProperty("introspection_endpoint_auth_methods_supported")
        @Schema(example = "[\"client_secret_basic\"]")
        List<String> introspectionEndpointAuthMethods,
    @JsonProperty("dpop_signing_alg_values_supported") @Schema(example = "[\"ES256\"]")
        List<String> proofAlgorithms) {

  private static final String BASIC = "client_secret_basic";
  private static final String PUBLIC = "none";

  static MetadataResponse of(AuthorizationServer server) {
    return new MetadataResponse(
        server.issuer(),
        server.address("/oauth2/token"),
        server.address("/oauth2/revoke"),
        server.address("/oauth2/introspect"),
        server.address("/.well-known/jwks.json"),
        server.address(EndedSessionsController.PATH),
        List.of(),
        List.of("refresh_token"),
        List.of(PUBLIC, BASIC),
        List.of(PUBLIC, BASIC),
        List.of(BASIC),
        KeyProof.ALGORITHMS);
  }
}

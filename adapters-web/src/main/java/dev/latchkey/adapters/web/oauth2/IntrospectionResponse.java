package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.adapters.web.issuer.AuthorizationServer;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the introspection endpoint (RFC 7662 §2.2). Times are seconds since 1970.
 *
 * @param tokenType {@code Bearer} or {@code DPoP} for an access token; a refresh token has none, as
 *     it is no token for resource servers
 * @param scope the roles, separated by spaces
 * @param roles the same as in the access token (RFC 9068 §2.2.3.1)
 * @param sid the id of the session
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record IntrospectionResponse(
    @Schema(example = "true") boolean active,
    @Nullable @Schema(example = "https://auth.example.org") String iss,
    @Nullable @Schema(example = "latchkey") String aud,
    @Nullable @Schema(example = "018f4e9c-1d3b-7f02-9c5e-6a7b8c9d0e1f") String sub,
    @Nullable @JsonProperty("client_id") @Schema(example = "latchkey") String clientId,
    @Nullable @JsonProperty("token_type") @Schema(example = "Bearer") String tokenType,
    @Nullable @Schema(example = "ada") String username,
    @Nullable @Schema(example = "admin") String scope,
    @Schema(requiredMode = Schema.RequiredMode.NOT_REQUIRED, example = "[\"admin\"]")
        List<String> roles,
    @Nullable @Schema(example = "1769851800") Long iat,
    @Nullable @Schema(example = "1769852100") Long exp,
    @Nullable @JsonProperty("auth_time") @Schema(example = "1769851800") Long authTime,
    @Nullable @Schema(example = "018f4e9c-7a52-7c11-b3a4-5d0e2f6c9a10") String sid,
    @Nullable Confirmation cnf) {

  /**
   * The key that the token is bound to (RFC 9449 §6.2).
   *
   * @param jkt its thumbprint
   */
  record Confirmation(@Schema(example = "0123456789-0123456789-0123456789-0123456789") String jkt) {

    private static @Nullable Confirmation of(@Nullable KeyThumbprint key) {
      return key == null ? null : new Confirmation(key.text());
    }
  }

  static final IntrospectionResponse INACTIVE =
      new IntrospectionResponse(
          false, null, null, null, null, null, null, null, List.of(), null, null, null, null, null);

  static IntrospectionResponse of(AccessToken token, AuthorizationServer server) {
    return new IntrospectionResponse(
        true,
        server.issuer(),
        server.audience(),
        token.userId().toString(),
        token.clientId().text(),
        token.type().text(),
        token.username().text(),
        Scope.of(token.roles()),
        token.roles().stream().map(Role::text).sorted().toList(),
        token.issuedAt().getEpochSecond(),
        token.expiresAt().getEpochSecond(),
        token.authenticatedAt().getEpochSecond(),
        token.sessionId().toString(),
        Confirmation.of(token.boundKey()));
  }

  /** A refresh token is for this service alone: it has no audience, and no roles to act on. */
  static IntrospectionResponse of(Session session, User user, AuthorizationServer server) {
    return new IntrospectionResponse(
        true,
        server.issuer(),
        null,
        user.id().toString(),
        session.clientId().text(),
        null,
        user.username().text(),
        null,
        List.of(),
        session.rotatedAt().getEpochSecond(),
        session.expiresAt().getEpochSecond(),
        session.startedAt().getEpochSecond(),
        session.id().toString(),
        Confirmation.of(session.binding() == null ? null : session.binding().key()));
  }
}

package dev.latchkey.adapters.web.oauth2;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the introspection endpoint (RFC 7662 §2.2). Times are seconds since 1970.
 *
 * @param tokenType {@code Bearer} for an access token; a refresh token has none, as it is no token
 *     for resource servers
 * @param scope the roles, separated by spaces
 * @param roles the same as in the access token (RFC 9068 §2.2.3.1)
 * @param sid the id of the session
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record IntrospectionResponse(
    boolean active,
    @Nullable String iss,
    @Nullable String aud,
    @Nullable String sub,
    @Nullable @JsonProperty("client_id") String clientId,
    @Nullable @JsonProperty("token_type") String tokenType,
    @Nullable String username,
    @Nullable String scope,
    List<String> roles,
    @Nullable Long iat,
    @Nullable Long exp,
    @Nullable @JsonProperty("auth_time") Long authTime,
    @Nullable String sid) {

  static final IntrospectionResponse INACTIVE =
      new IntrospectionResponse(
          false, null, null, null, null, null, null, null, List.of(), null, null, null, null);

  static IntrospectionResponse of(AccessToken token, AuthorizationServer server) {
    return new IntrospectionResponse(
        true,
        server.issuer(),
        server.audience(),
        token.userId().toString(),
        token.clientId().text(),
        "Bearer",
        token.username().text(),
        Scope.of(token.roles()),
        token.roles().stream().map(Role::text).sorted().toList(),
        token.issuedAt().getEpochSecond(),
        token.expiresAt().getEpochSecond(),
        token.authenticatedAt().getEpochSecond(),
        token.sessionId().toString());
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
        session.id().toString());
  }
}

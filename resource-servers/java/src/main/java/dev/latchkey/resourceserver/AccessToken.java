package dev.latchkey.resourceserver;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a valid access token says (RFC 9068 §2.2). It is no secret: nobody can make a token of it.
 *
 * @param subject the user's id, {@code sub}. It never changes, so know users by it
 * @param clientId the OAuth 2.0 client that the token was issued to, {@code client_id}
 * @param sessionId the session that the token belongs to, {@code sid}; null if it names none
 * @param roles the names in {@code roles}: what applied when the token was issued
 * @param issuedAt {@code iat}
 * @param expiresAt {@code exp}
 * @param keyThumbprint of the key that the token is bound to ({@code cnf.jkt}, RFC 9449 §6.1); null
 *     for a bearer token
 * @param claims all claims, as they were read
 */
public record AccessToken(
    String subject,
    @Nullable String clientId,
    @Nullable String sessionId,
    Set<String> roles,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable String keyThumbprint,
    Map<String, Object> claims) {

  /** Copies what is mutable. */
  public AccessToken {
    roles = Set.copyOf(roles);
  }

  /** Whether only the holder of a key can use it (RFC 9449). */
  public boolean bound() {
    return keyThumbprint != null;
  }

  /** Whether it carries this role, in exactly this spelling. */
  public boolean hasRole(String role) {
    return roles.contains(role);
  }
}

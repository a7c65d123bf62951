package dev.latchkey.domain.client;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.domain.user.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A registered client (RFC 6749 §2.1).
 *
 * @param secretHash of a confidential client; a public one cannot keep a secret and has none
 * @param mayIntrospect whether it may ask about the tokens of others, as resource servers do (RFC
 *     7662 §2.1)
 * @param roles that its access tokens may contain at most; null if all that a user has
 * @param mustBind whether its sessions are bound to a key of the device ({@code
 *     dpop_bound_access_tokens}, RFC 9449 §5.2)
 */
public record Client(
    ClientId id,
    @Nullable ClientSecretHash secretHash,
    boolean mayIntrospect,
    @Nullable Set<Role> roles,
    boolean mustBind) {

  /**
   * @throws IllegalArgumentException if a public client were to introspect: anybody could then call
   *     itself by its name
   */
  public Client {
    if (mayIntrospect && secretHash == null) {
      throw new IllegalArgumentException("a client that may introspect needs a secret");
    }
    roles = roles == null ? null : Set.copyOf(roles);
  }

  public static Client publicClient(ClientId id) {
    return new Client(id, null, false, null, false);
  }

  /** Those of a user's roles that its access tokens may contain. */
  public Set<Role> permitted(Set<Role> ofUser) {
    if (roles == null) {
      return ofUser;
    }
    return ofUser.stream().filter(roles::contains).collect(toUnmodifiableSet());
  }

  public boolean isConfidential() {
    return secretHash != null;
  }

  /**
   * Whether the caller is this client (RFC 6749 §2.3). A public client has no secret to send: a
   * caller that sends one believes itself confidential, and is rejected rather than accepted
   * without authentication.
   */
  public boolean isAuthenticatedBy(@Nullable ClientSecret secret) {
    if (secretHash == null) {
      return secret == null;
    }
    return secret != null && secretHash.isOf(secret);
  }
}

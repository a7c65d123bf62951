package dev.latchkey.springboot;

import dev.latchkey.resourceserver.AccessToken;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * The caller of a request with a valid access token. Its principal is the {@link AccessToken}, its
 * name the user's id, and each role {@code name} is an authority {@code ROLE_name}, as {@code
 * hasRole("name")} expects it.
 */
public final class LatchkeyAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient AccessToken token;

  LatchkeyAuthentication(AccessToken token) {
    super(token.roles().stream().map(role -> new SimpleGrantedAuthority("ROLE_" + role)).toList());
    this.token = token;
    setAuthenticated(true);
  }

  @Override
  public AccessToken getPrincipal() {
    return token;
  }

  /** The token itself is not kept. */
  @Override
  public String getCredentials() {
    return "";
  }

  @Override
  public String getName() {
    return token.subject();
  }
}

package dev.latchkey.adapters.web.bearer;

import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.user.Role;
import io.micronaut.security.authentication.Authentication;
import java.util.Collection;
import java.util.Map;

/** Who sent a request, as its access token says. Controllers take it as a parameter. */
public record Bearer(AccessToken token) implements Authentication {

  @Override
  public String getName() {
    return token.userId().toString();
  }

  @Override
  public Collection<String> getRoles() {
    return token.roles().stream().map(Role::text).toList();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }
}

package dev.latchkey.adapters.web.oauth2;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.domain.user.Role;
import java.util.Arrays;
import java.util.Set;

/** Writes roles as a scope, one token each (RFC 6749 §3.3), and reads them. */
final class Scope {

  private Scope() {}

  static boolean isWellFormed(String text) {
    return text.isEmpty() || Arrays.stream(text.split(" ", -1)).allMatch(Role::isWellFormed);
  }

  /**
   * @throws IllegalArgumentException unless {@link #isWellFormed}
   */
  static Set<Role> parse(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Role::new).collect(toUnmodifiableSet());
  }

  static String of(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().collect(joining(" "));
  }
}

package dev.latchkey.adapters.web.oauth2;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.domain.text.Parsed;
import dev.latchkey.domain.user.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes roles as a scope, one token each (RFC 6749 §3.3), and reads them. */
final class Scope {

  private Scope() {}

  /** Nothing if one of the tokens is no role. */
  static Optional<Set<Role>> parse(String text) {
    List<Parsed<Role>> roles = Arrays.stream(text.split(" ", -1)).map(Role::parse).toList();
    return roles.stream().allMatch(Parsed.Valid.class::isInstance)
        ? Optional.of(roles.stream().map(Parsed::orThrow).collect(toUnmodifiableSet()))
        : Optional.empty();
  }

  static String of(Set<Role> roles) {
    return roles.stream().map(Role::text).sorted().collect(joining(" "));
  }
}

package dev.latchkey.domain.token;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The claims of an access token (RFC 9068 §2.2). It is not the secret itself; that is the {@link
 * TokenText} which the port {@code AccessTokens} signs. Its times are whole seconds, as they are
 * written in the token (RFC 7519 §2, NumericDate).
 *
 * @param authenticatedAt when the user proved who they are ({@code auth_time})
 * @param boundKey the key that whoever uses it must prove ({@code cnf.jkt}, RFC 9449 §6.1); null if
 *     it is a bearer token
 */
public record AccessToken(
    UserId userId,
    SessionId sessionId,
    ClientId clientId,
    Username username,
    Set<Role> roles,
    Instant authenticatedAt,
    Instant issuedAt,
    Instant expiresAt,
    @Nullable KeyThumbprint boundKey) {

  public AccessToken {
    roles = Set.copyOf(roles);
    authenticatedAt = authenticatedAt.truncatedTo(ChronoUnit.SECONDS);
    issuedAt = issuedAt.truncatedTo(ChronoUnit.SECONDS);
    expiresAt = expiresAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** A token for one session of a user, which does not outlive the session's absolute end. */
  public static AccessToken issue(User user, Session session, Instant now, Duration lifetime) {
    Instant expiry = now.plus(lifetime);
    Instant end = session.absoluteExpiresAt();
    Binding binding = session.binding();
    return new AccessToken(
        user.id(),
        session.id(),
        session.clientId(),
        user.username(),
        user.roles(),
        session.startedAt(),
        now,
        expiry.isBefore(end) ? expiry : end,
        binding != null && binding.coversAccessTokens() ? binding.key() : null);
  }

  /** Narrowed to the requested roles (RFC 6749 §6, {@code scope}). */
  public AccessToken limitedTo(Set<Role> scope) {
    Set<Role> kept = roles.stream().filter(scope::contains).collect(toUnmodifiableSet());
    return new AccessToken(
        userId,
        sessionId,
        clientId,
        username,
        kept,
        authenticatedAt,
        issuedAt,
        expiresAt,
        boundKey);
  }

  /** How it is used: as a bearer token (RFC 6750), or with a proof of its key (RFC 9449 §7.1). */
  public TokenType type() {
    return boundKey == null ? TokenType.BEARER : TokenType.DPOP;
  }

  public Duration lifetime() {
    return Duration.between(issuedAt, expiresAt);
  }

  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}

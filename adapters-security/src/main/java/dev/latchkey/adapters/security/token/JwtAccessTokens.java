package dev.latchkey.adapters.security.token;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens as signed JWTs (RFC 9068). A JWT knows whole seconds: what is read is what was
 * signed with the fractions cut off, so that a token never expires later than was asked for.
 *
 * <p>Reading never throws because of the text.
 */
public final class JwtAccessTokens implements AccessTokens {

  private static final int JTI_LENGTH = 16;
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final String TYPE = "at+jwt";

  /** RFC 8176. */
  private static final List<String> AUTHENTICATED_BY = List.of("pwd");

  /** RFC 9068 §4: a verifier accepts both; media types have no case. */
  private static final Set<String> ACCEPTED_TYPES = Set.of("at+jwt", "application/at+jwt");

  private final String issuer;
  private final String audience;
  private final SecureRandom random;

  public JwtAccessTokens(String issuer, String audience, SecureRandom random) {
    this.issuer = issuer;
    this.audience = audience;
    this.random = random;
  }

  @Override
  public TokenText sign(AccessToken token, OpenedSigningKey key) {
    return new TokenText(CompactJws.sign(headerFor(key), claimsOf(token), key::sign));
  }

  private static String headerFor(OpenedSigningKey key) {
    return new JsonObjectText()
        .add("typ", TYPE)
        .add("alg", key.algorithm().jwsName())
        .add("kid", key.id())
        .end();
  }

  private String claimsOf(AccessToken token) {
    var claims =
        new JsonObjectText()
            .add("iss", issuer)
            .add("aud", audience)
            .add("sub", token.userId().toString())
            .add("client_id", token.clientId().text())
            .add("iat", token.issuedAt().getEpochSecond())
            .add("exp", token.expiresAt().getEpochSecond())
            .add("jti", newTokenId())
            .add("sid", token.sessionId().toString())
            .add("auth_time", token.authenticatedAt().getEpochSecond())
            .add("amr", AUTHENTICATED_BY)
            .add("roles", token.roles().stream().map(Role::text).sorted().toList())
            .add("preferred_username", token.username().text());
    KeyThumbprint boundKey = token.boundKey();
    return (boundKey == null ? claims : claims.add("cnf", confirmation(boundKey))).end();
  }

  /** RFC 9449 §6.1. */
  private static JsonObjectText confirmation(KeyThumbprint key) {
    return new JsonObjectText().add("jkt", key.text());
  }

  private String newTokenId() {
    byte[] bytes = new byte[JTI_LENGTH];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Optional<AccessToken> read(
      TokenText text, Function<String, Optional<OpenedSigningKey>> keys) {
    try {
      CompactJws jws = CompactJws.parse(text.reveal());
      return isSignedByOneOf(keys, jws) ? Optional.of(tokenOf(jws.payload())) : Optional.empty();
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  /**
   * The header only chooses among the keys that are known; where else it says that a key can be
   * found ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}) is not even read. An extension that
   * must be understood ({@code crit}) is refused, and so is {@code b64}: with it the payload would
   * not be what it looks like, which no JWT may do (RFC 7797 §7).
   */
  private static boolean isSignedByOneOf(
      Function<String, Optional<OpenedSigningKey>> keys, CompactJws jws) throws ParseException {
    Map<String, Object> header = jws.header();
    String algorithm = text(header, "alg");
    if (!ACCEPTED_TYPES.contains(text(header, "typ").toLowerCase(Locale.ROOT))
        || header.containsKey("crit")
        || header.containsKey("b64")) {
      return false;
    }
    return keys.apply(text(header, "kid"))
        .filter(key -> key.algorithm().jwsName().equals(algorithm))
        .filter(key -> key.verifies(jws.signedContent(), jws.signature()))
        .isPresent();
  }

  private AccessToken tokenOf(Map<String, Object> claims) throws ParseException {
    if (!text(claims, "iss").equals(issuer) || !audiences(claims).contains(audience)) {
      throw new ParseException("issued by another or for another", 0);
    }
    requireRest(claims);
    if (claims.containsKey("nbf") && time(claims, "nbf").isAfter(time(claims, "iat"))) {
      // Ours are valid from the moment they are issued on.
      throw new ParseException("issued for later", 0);
    }
    return new AccessToken(
        new UserId(uuid(claims, "sub")),
        new SessionId(uuid(claims, "sid")),
        ClientId.stored(text(claims, "client_id")),
        Username.stored(text(claims, "preferred_username")),
        texts(claims, "roles").stream().map(Role::stored).collect(toUnmodifiableSet()),
        time(claims, "auth_time"),
        time(claims, "iat"),
        time(claims, "exp"),
        boundKey(claims));
  }

  private static @Nullable KeyThumbprint boundKey(Map<String, Object> claims)
      throws ParseException {
    if (!claims.containsKey("cnf")) {
      return null;
    }
    Map<String, Object> confirmation = JSONObjectUtils.getJSONObject(claims, "cnf");
    if (confirmation == null || confirmation.size() != 1) {
      throw new ParseException("cnf is malformed", 0);
    }
    try {
      return new KeyThumbprint(text(confirmation, "jkt"));
    } catch (IllegalArgumentException _) {
      throw new ParseException("jkt is malformed", 0);
    }
  }

  /** Claims that we do not use, but without which it is no access token of ours. */
  private static void requireRest(Map<String, Object> claims) throws ParseException {
    var _ = text(claims, "jti");
    var _ = texts(claims, "amr");
  }

  private static String text(Map<String, Object> json, String name) throws ParseException {
    String text = JSONObjectUtils.getString(json, name);
    if (text == null) {
      throw new ParseException(name + " is missing", 0);
    }
    return text;
  }

  private static List<String> texts(Map<String, Object> json, String name) throws ParseException {
    List<String> texts = JSONObjectUtils.getStringList(json, name);
    if (texts == null) {
      throw new ParseException(name + " is missing", 0);
    }
    return texts;
  }

  /** One or several (RFC 7519 §4.1.3). */
  private static List<String> audiences(Map<String, Object> claims) throws ParseException {
    return claims.get("aud") instanceof String one ? List.of(one) : texts(claims, "aud");
  }

  private static UUID uuid(Map<String, Object> claims, String name) throws ParseException {
    String text = text(claims, name);
    try {
      UUID uuid = UUID.fromString(text);
      if (uuid.toString().equals(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw new ParseException(name + " is malformed", 0);
  }

  /** Whole seconds since 1970, at most as far as the year 9999 (NumericDate, RFC 7519 §2). */
  private static Instant time(Map<String, Object> claims, String name) throws ParseException {
    if (claims.get(name) instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
      return Instant.ofEpochSecond(seconds);
    }
    throw new ParseException(name + " is missing or malformed", 0);
  }
}

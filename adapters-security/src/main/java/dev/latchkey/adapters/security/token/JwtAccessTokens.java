package dev.latchkey.adapters.security.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.adapters.security.key.SigningKeyPair;
import dev.latchkey.adapters.security.key.SigningKeyRing;
import dev.latchkey.application.port.out.session.AccessTokens;
import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.token.AccessToken;
import dev.latchkey.domain.token.TokenText;
import dev.latchkey.domain.user.Role;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Access tokens as signed JWTs (RFC 9068). A JWT knows whole seconds: what is read is what was
 * signed with the fractions cut off, so that a token never expires later than was asked for.
 *
 * <p>Reading never throws because of the text. It throws {@code StorageUnavailableException} if the
 * key is unknown and the store is unavailable.
 */
public final class JwtAccessTokens implements AccessTokens {

  /** A token of ours has some 700 characters; the roles make it longer. */
  private static final int MAX_LENGTH = 8192;

  private static final int JTI_LENGTH = 16;

  private static final Pattern COMPACT_FORM =
      Pattern.compile(
          "(?<signed>(?<header>[A-Za-z0-9_-]++)\\.(?<payload>[A-Za-z0-9_-]++))\\.(?<signature>[A-Za-z0-9_-]++)");

  private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  /** RFC 9068 §4: a verifier takes both; media types have no case. */
  private static final Set<String> ACCEPTED_TYPES = Set.of("at+jwt", "application/at+jwt");

  private final SigningKeyRing keyRing;
  private final String issuer;
  private final String audience;
  private final SecureRandom random;

  public JwtAccessTokens(
      SigningKeyRing keyRing, String issuer, String audience, SecureRandom random) {
    this.keyRing = keyRing;
    this.issuer = issuer;
    this.audience = audience;
    this.random = random;
  }

  @Override
  public TokenText sign(AccessToken token) {
    return new TokenText(keyRing.current().sign(TYPE, new Payload(claimsOf(token))));
  }

  private Map<String, Object> claimsOf(AccessToken token) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("aud", audience);
    claims.put("sub", token.userId().toString());
    claims.put("client_id", token.clientId().text());
    claims.put("iat", token.issuedAt().getEpochSecond());
    claims.put("exp", token.expiresAt().getEpochSecond());
    claims.put("jti", newTokenId());
    claims.put("sid", token.sessionId().toString());
    claims.put("auth_time", token.authenticatedAt().getEpochSecond());
    claims.put("amr", List.of("pwd"));
    claims.put("roles", token.roles().stream().map(Role::name).sorted().toList());
    claims.put("preferred_username", token.username().toString());
    return claims;
  }

  private String newTokenId() {
    byte[] bytes = new byte[JTI_LENGTH];
    random.nextBytes(bytes);
    return Base64URL.encode(bytes).toString();
  }

  @Override
  public Optional<AccessToken> read(TokenText text) {
    String token = text.reveal();
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher parts = COMPACT_FORM.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return isSignedHere(parts)
          ? Optional.of(tokenOf(JsonMembers.parse(decode(parts.group("payload")))))
          : Optional.empty();
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
  private boolean isSignedHere(Matcher parts) throws ParseException {
    JsonMembers header = JsonMembers.parse(decode(parts.group("header")));
    String algorithm = header.text("alg");
    if (!ACCEPTED_TYPES.contains(header.text("typ").toLowerCase(Locale.ROOT))
        || header.contains("crit")
        || header.contains("b64")) {
      return false;
    }
    Optional<SigningKeyPair> key =
        keyRing.find(header.text("kid")).filter(found -> found.algorithm().equals(algorithm));
    Base64URL signature = Base64URL.encode(decode(parts.group("signature")));
    return key.isPresent()
        && key.get().verifies(parts.group("signed").getBytes(US_ASCII), signature);
  }

  private AccessToken tokenOf(JsonMembers claims) throws ParseException {
    if (!claims.text("iss").equals(issuer) || !claims.oneOrMoreTexts("aud").contains(audience)) {
      throw new ParseException("issued by another or for another", 0);
    }
    requireRest(claims);
    if (claims.contains("nbf") && claims.time("nbf").isAfter(claims.time("iat"))) {
      // Ours hold from the moment they are issued on.
      throw new ParseException("issued for later", 0);
    }
    try {
      return new AccessToken(
          new UserId(claims.uuid("sub")),
          new SessionId(claims.uuid("sid")),
          new ClientId(claims.text("client_id")),
          Username.stored(claims.text("preferred_username")),
          claims.texts("roles").stream().map(Role::new).collect(toUnmodifiableSet()),
          claims.time("auth_time"),
          claims.time("iat"),
          claims.time("exp"));
    } catch (IllegalArgumentException _) {
      throw new ParseException("the client id or a role breaks its rule", 0);
    }
  }

  /** Claims that say nothing to us, but without which it is no access token of ours. */
  private static void requireRest(JsonMembers claims) throws ParseException {
    var _ = claims.text("jti");
    var _ = claims.texts("amr");
  }

  /** Base64 with no bits set that are not used: a token has one spelling. */
  private static byte[] decode(String base64url) throws ParseException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(base64url);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(base64url)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Refused below.
    }
    throw new ParseException("not Base64", 0);
  }
}

package dev.latchkey.resourceserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.latchkey.resourceserver.Verification.Invalid;
import dev.latchkey.resourceserver.Verification.Unknown;
import dev.latchkey.resourceserver.Verification.Valid;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The check of an access token by itself (RFC 9068 §4). */
final class AccessTokens {

  /** Longer than any of Latchkey's, with room for many roles. */
  private static final int MOST_CHARACTERS = 16 * 1024;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  AccessTokens(Keys keys, InstantSource clock, String issuer, String audience, Duration leeway) {
    // An ID token or a log-out token of the same issuer permits nothing (RFC 8725 §3.11).
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
    processor.setJWSKeySelector(keys);
    processor.setJWTClaimsSetVerifier(new Claims(clock, issuer, audience, leeway));
  }

  Verification verify(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return new Invalid("The token is too long.");
    }
    try {
      return new Valid(read(processor.process(text, null)));
    } catch (ExpiredJWTException e) {
      return new Invalid("The token has expired.");
    } catch (ParseException | BadJOSEException e) {
      return new Invalid("The token is not valid.");
    } catch (JOSEException e) {
      return new Unknown(e.getMessage() == null ? "There are no keys." : e.getMessage());
    }
  }

  private static AccessToken read(JWTClaimsSet claims) throws ParseException {
    List<String> roles = claims.getStringListClaim("roles");
    return new AccessToken(
        claims.getSubject(),
        claims.getStringClaim("client_id"),
        claims.getStringClaim("sid"),
        roles == null ? Set.of() : Set.copyOf(roles),
        claims.getIssueTime().toInstant(),
        claims.getExpirationTime().toInstant(),
        thumbprint(claims),
        claims.getClaims());
  }

  /**
   * A confirmation of another kind is not understood, so the token must not pass for a bearer's.
   */
  private static @Nullable String thumbprint(JWTClaimsSet claims) throws ParseException {
    Map<String, Object> confirmation = claims.getJSONObjectClaim("cnf");
    if (confirmation == null) {
      return null;
    }
    if (confirmation.get("jkt") instanceof String thumbprint && !thumbprint.isEmpty()) {
      return thumbprint;
    }
    throw new ParseException("The token is bound in an unknown way.", 0);
  }

  private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final InstantSource clock;

    Claims(InstantSource clock, String issuer, String audience, Duration leeway) {
      super(
          audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "iat"));
      this.clock = clock;
      setMaxClockSkew((int) leeway.toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context)
        throws BadJWTException {
      super.verify(claims, context);
      Instant latest = clock.instant().plusSeconds(getMaxClockSkew());
      if (claims.getIssueTime().toInstant().isAfter(latest)) {
        throw new BadJWTException("Issued in the future");
      }
      if (claims.getSubject().isEmpty()) {
        throw new BadJWTException("Without a subject");
      }
    }
  }
}

package dev.latchkey.resourceserver;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that have ended within some minutes, as the issuer publishes them.
 *
 * @param asOf milliseconds since the epoch by the issuer: it names all that ended before
 * @param since milliseconds; it names only what may have ended after that. Null if it names all
 * @param window for how long a session must be remembered
 * @param notBefore tokens that were not issued after it must not be accepted, whatever their
 *     session
 */
record EndedSessionsDocument(
    long asOf,
    @Nullable Long since,
    Set<String> sessionIds,
    Duration window,
    @Nullable Instant notBefore) {

  /** Whether nothing is missing between it and what is known as of that time. */
  boolean continues(@Nullable Long known) {
    return since == null || (known != null && since <= known);
  }

  /** Reads documents that the issuer has signed. */
  static final class Reader {

    private static final JOSEObjectType TYPE = new JOSEObjectType("ended-sessions+jwt");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    Reader(Keys keys, String issuer) {
      processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(TYPE));
      processor.setJWSKeySelector(keys);
      processor.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              new JWTClaimsSet.Builder().issuer(issuer).build(),
              Set.of("as_of", "sids", "window")));
    }

    /**
     * @throws IOException if it is not a document of the issuer
     */
    EndedSessionsDocument read(byte[] text) throws IOException {
      try {
        JWTClaimsSet claims = processor.process(new String(text, UTF_8).strip(), null);
        Date notBefore = claims.getDateClaim("not_before");
        return new EndedSessionsDocument(
            number(claims, "as_of"),
            claims.getLongClaim("since"),
            sessionIds(claims),
            Duration.ofSeconds(number(claims, "window")),
            notBefore == null ? null : notBefore.toInstant());
      } catch (ParseException | BadJOSEException | JOSEException e) {
        throw new IOException("The list of ended sessions is not valid: " + e.getMessage(), e);
      }
    }

    private static Set<String> sessionIds(JWTClaimsSet claims) throws ParseException {
      List<String> ids = claims.getStringListClaim("sids");
      if (ids == null || ids.stream().anyMatch(Objects::isNull)) {
        throw new ParseException("sids is no list of names", 0);
      }
      return Set.copyOf(ids);
    }

    private static long number(JWTClaimsSet claims, String name) throws ParseException {
      Long value = claims.getLongClaim(name);
      if (value == null || value < 0) {
        throw new ParseException(name + " is no number", 0);
      }
      return value;
    }
  }
}

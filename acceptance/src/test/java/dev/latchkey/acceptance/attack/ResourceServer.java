package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of access tokens with the published keys, as it has cached them. */
final class ResourceServer {

  private final String name;
  private final JWKSource<SecurityContext> keys;
  private final Set<String> verified = new HashSet<>();

  private ResourceServer(String name, JWKSource<SecurityContext> keys) {
    this.name = name;
    this.keys = keys;
  }

  /**
   * As the library does it: cached for a time of its own, and fetched again for a key that is not
   * known.
   */
  static ResourceServer onNimbus(String name, URI published) throws MalformedURLException {
    return new ResourceServer(
        name,
        JWKSourceBuilder.<SecurityContext>create(published.toURL()).rateLimited(false).build());
  }

  /**
   * The worst that is allowed: nothing is fetched before the time of the cached answer is over,
   * whatever comes.
   */
  static ResourceServer withCache(String name, Cache cache) {
    return new ResourceServer(name, (selector, _) -> selector.select(cache.get().keys()));
  }

  /** What others keep, for as long as the answer says, by the time of the service. */
  static final class Cache implements Supplier<PublishedKeys> {

    private final Supplier<PublishedKeys> source;
    private final InstantSource clock;
    private @Nullable PublishedKeys cached;
    private Instant until = Instant.MIN;

    Cache(Supplier<PublishedKeys> source, InstantSource clock) {
      this.source = source;
      this.clock = clock;
    }

    @Override
    public PublishedKeys get() {
      Instant now = clock.instant();
      PublishedKeys keys = cached;
      if (keys == null || !now.isBefore(until)) {
        keys = source.get();
        cached = keys;
        until = now.plus(keys.maxAge());
      }
      return keys;
    }
  }

  /**
   * Takes the token.
   *
   * @return what it says about the key it is signed with
   * @throws AssertionError if it must refuse it
   */
  JWSHeader check(String accessToken) {
    try {
      SignedJWT token = SignedJWT.parse(accessToken);
      JWKMatcher matcher =
          new JWKMatcher.Builder()
              .keyID(token.getHeader().getKeyID())
              .algorithm(token.getHeader().getAlgorithm())
              .build();
      List<JWK> found = keys.get(new JWKSelector(matcher), null);
      assertThat(found).as("%s knows the key of %s", name, token.getHeader()).hasSize(1);
      // Once is enough: a key is named by its hash, so this one is no other the next time.
      if (verified.add(accessToken)) {
        assertThat(token.verify(verifierFor(found.getFirst()))).isTrue();
      }
      return token.getHeader();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(name, e);
    }
  }

  private static JWSVerifier verifierFor(JWK key) throws JOSEException {
    return switch (key.getKeyType().getValue()) {
      case "EC" -> new ECDSAVerifier(key.toECKey());
      case "RSA" -> new RSASSAVerifier(key.toRSAKey());
      default -> new Ed25519Verifier(key.toOctetKeyPair());
    };
  }
}

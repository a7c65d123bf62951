package dev.latchkey.acceptance.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.adapters.web.http.Answer;
import dev.latchkey.adapters.web.http.Node;
import java.text.ParseException;
import java.time.Duration;

/**
 * The keys that a node publishes.
 *
 * @param maxAge how long one may go by them
 */
record PublishedKeys(JWKSet keys, Duration maxAge) {

  static final String PATH = "/.well-known/jwks.json";

  private static final String CACHE_CONTROL = "public, max-age=";

  static PublishedKeys of(Node node) {
    Answer answer = node.client().get(PATH).hasStatus(200);
    String cacheControl = answer.header("Cache-Control");
    assertThat(cacheControl).startsWith(CACHE_CONTROL);
    try {
      return new PublishedKeys(
          JWKSet.parse(answer.body()),
          Duration.ofSeconds(Long.parseLong(cacheControl.substring(CACHE_CONTROL.length()))));
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }
}

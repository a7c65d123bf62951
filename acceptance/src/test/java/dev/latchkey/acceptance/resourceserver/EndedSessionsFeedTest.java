package dev.latchkey.acceptance.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.Tokens;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A listener that is written with the library of others, at nodes of one database whose jobs run as
 * they do for everybody.
 */
@Timeout(120)
final class EndedSessionsFeedTest {

  private static final String PATH = "/oauth2/ended-sessions";
  private static final Map<String, Object> TICKING =
      Map.of("latchkey.ended-sessions.check-interval", "20ms");

  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    one = Node.start(TICKING);
    other = Node.start(TICKING);
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
  }

  @Test
  void aLogOutAtOneNodeAppearsAtTheOther() throws Exception {
    var listener = new Listener(other);
    Tokens tokens = one.client().newcomer();
    listener.hear();
    assertThat(listener.refuses(tokens)).isFalse();

    one.client().revoke(tokens.refresh()).hasStatus(204);

    while (!listener.refuses(tokens)) {
      listener.hear();
    }
  }

  @Test
  void aListenerMayAskAnyNode() throws Exception {
    var listener = new Listener(one);
    for (int i = 0; i < 20; i++) {
      Tokens tokens = (i % 3 == 0 ? one : other).client().newcomer();
      (i % 2 == 0 ? one : other).client().revoke(tokens.refresh()).hasStatus(204);
      for (int asked = 0; !listener.refuses(tokens); asked++) {
        listener.node = asked % 2 == 0 ? other : one;
        listener.hear();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void aLogOutAppearsAtANodeWhoseClockIsTenSecondsOff(int seconds) throws Exception {
    other.clock().advance(Duration.ofSeconds(seconds));
    try {
      var listener = new Listener(other);
      listener.hear();
      Tokens tokens = one.client().newcomer();
      one.client().revoke(tokens.refresh()).hasStatus(204);

      while (!listener.refuses(tokens)) {
        listener.hear();
      }
    } finally {
      other.clock().reset();
    }
  }

  @Test
  void anAccessTokenIsNoDocumentAndADocumentNoAccessToken() throws Exception {
    var listener = new Listener(one);
    Tokens tokens = one.client().newcomer();

    assertThat(listener.accepts(tokens.access())).isFalse();
    assertThat(listener.accepts(one.client().get(PATH).body())).isTrue();
  }

  /** Knows what it has heard, and asks only for what is new. */
  private static final class Listener {

    private final DefaultJWTProcessor<SecurityContext> documents = new DefaultJWTProcessor<>();
    private final Set<String> ended = new HashSet<>();
    private Node node;
    private long asOf;

    Listener(Node node) throws MalformedURLException {
      this.node = node;
      JWKSource<SecurityContext> keys =
          JWKSourceBuilder.create(node.address().resolve("/.well-known/jwks.json").toURL()).build();
      documents.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("ended-sessions+jwt")));
      documents.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, keys));
      documents.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              new JWTClaimsSet.Builder().issuer("https://auth.example.org").build(),
              Set.of("as_of", "window", "sids")));
    }

    void hear() throws ParseException, BadJOSEException, JOSEException {
      String query = asOf == 0 ? "" : "?since=" + asOf;
      String document = node.client().get(PATH + query, "Prefer", "wait=1").hasStatus(200).body();
      JWTClaimsSet claims = documents.process(document, null);
      Long since = claims.getLongClaim("since");
      assertThat(since == null || since <= asOf).isTrue();
      asOf = claims.getLongClaim("as_of");
      ended.addAll(List.copyOf(claims.getStringListClaim("sids")));
    }

    boolean refuses(Tokens tokens) throws ParseException {
      return ended.contains(
          JWTParser.parse(tokens.access()).getJWTClaimsSet().getStringClaim("sid"));
    }

    boolean accepts(String jwt) throws ParseException, JOSEException {
      try {
        return documents.process(jwt, null) != null;
      } catch (BadJOSEException _) {
        return false;
      }
    }
  }
}

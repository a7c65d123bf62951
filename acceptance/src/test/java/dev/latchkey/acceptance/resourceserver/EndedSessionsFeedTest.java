package dev.latchkey.acceptance.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.latchkey.acceptance.ServiceProcess;
import dev.latchkey.acceptance.postgres.TestDatabase;
import dev.latchkey.adapters.web.http.Client;
import dev.latchkey.adapters.web.http.Node;
import dev.latchkey.adapters.web.http.Tokens;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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
  private static final String ISSUER = "https://auth.example.org";
  private static final int HELD = 6;
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
        listener.client = (asked % 2 == 0 ? other : one).client();
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

  /** Its own readings are a day apart: whoever waits there is not answered before it is killed. */
  @Test
  void aNodeThatIsKilledWhileItHoldsRequestsLosesNoListener() throws Exception {
    var settings = new HashMap<>(TestDatabase.settings());
    settings.put("micronaut.server.port", "-1");
    settings.put("latchkey.issuer", ISSUER);
    settings.put("latchkey.master-key", Node.masterKey());
    settings.put("latchkey.ended-sessions.check-interval", "1d");
    try (ServiceProcess killed = ServiceProcess.with(ServiceProcess.environment(settings));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      killed.start();
      Client client = new Client(killed.address());
      var listeners = new ArrayList<Listener>();
      var held = new ArrayList<Future<?>>();
      for (int i = 0; i < HELD; i++) {
        var listener = new Listener(killed.address(), client);
        listener.hear();
        listeners.add(listener);
      }
      for (Listener listener : listeners) {
        held.add(threads.submit(() -> listener.hear("wait=30")));
      }
      while (!client.get("/prometheus").body().contains("latchkey_ended_sessions_held " + HELD)) {}
      Tokens meanwhile = one.client().newcomer();
      one.client().revoke(meanwhile.refresh()).hasStatus(204);
      killed.kill();
      Tokens afterwards = one.client().newcomer();
      one.client().revoke(afterwards.refresh()).hasStatus(204);

      assertThat(held)
          .allSatisfy(
              answer ->
                  assertThatThrownBy(answer::get).hasCauseInstanceOf(UncheckedIOException.class));
      killed.start();
      List<Client> nodes = List.of(one.client(), other.client(), new Client(killed.address()));
      for (int i = 0; i < HELD; i++) {
        Listener listener = listeners.get(i);
        assertThat(listener.refuses(meanwhile) || listener.refuses(afterwards)).isFalse();
        listener.client = nodes.get(i % nodes.size());
        while (!listener.refuses(meanwhile) || !listener.refuses(afterwards)) {
          listener.hear();
        }
      }
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
    private Client client;
    private long asOf;

    Listener(Node node) throws MalformedURLException {
      this(node.address(), node.client());
    }

    Listener(URI keys, Client client) throws MalformedURLException {
      this.client = client;
      JWKSource<SecurityContext> published =
          JWKSourceBuilder.create(keys.resolve("/.well-known/jwks.json").toURL()).build();
      documents.setJWSTypeVerifier(
          new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("ended-sessions+jwt")));
      documents.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, published));
      documents.setJWTClaimsSetVerifier(
          new DefaultJWTClaimsVerifier<>(
              new JWTClaimsSet.Builder().issuer(ISSUER).build(),
              Set.of("as_of", "window", "sids")));
    }

    void hear() throws ParseException, BadJOSEException, JOSEException {
      var _ = hear("wait=1");
    }

    @Nullable Void hear(String preference) throws ParseException, BadJOSEException, JOSEException {
      String query = asOf == 0 ? "" : "?since=" + asOf;
      String document = client.get(PATH + query, "Prefer", preference).hasStatus(200).body();
      JWTClaimsSet claims = documents.process(document, null);
      Long since = claims.getLongClaim("since");
      assertThat(since == null || since <= asOf).isTrue();
      asOf = claims.getLongClaim("as_of");
      ended.addAll(List.copyOf(claims.getStringListClaim("sids")));
      return null;
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

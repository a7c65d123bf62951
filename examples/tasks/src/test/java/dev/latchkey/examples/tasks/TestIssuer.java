package dev.latchkey.examples.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a service sees of Latchkey: tokens, and at an address of HTTP the metadata, the keys, and
 * the list of ended sessions.
 */
final class TestIssuer implements AutoCloseable {

  private static final String ACCESS_TOKEN = "at+jwt";
  private static final String ENDED_SESSIONS = "ended-sessions+jwt";

  private final HttpServer server;
  private final ECKey key = newKey();
  private volatile boolean available = true;

  private final Object changes = new Object();
  private final List<String> ended = new ArrayList<>();
  private long lastAsOf;
  private long known;

  TestIssuer() throws IOException, JOSEException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/oauth-authorization-server", this::metadata);
    server.createContext("/.well-known/jwks.json", this::keys);
    server.createContext("/oauth2/ended-sessions", this::endedSessions);
    server.start();
  }

  /** All have the same id: a foreign key does not betray itself by its own. */
  static ECKey newKey() throws JOSEException {
    return new ECKeyGenerator(Curve.P_256).algorithm(JWSAlgorithm.ES256).keyID("key").generate();
  }

  String name() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  void available(boolean whether) {
    available = whether;
  }

  /** The claims of a valid access token. */
  JWTClaimsSet.Builder claims(String user, String... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .audience("latchkey")
        .subject(user)
        .claim("client_id", "latchkey")
        .claim("sid", UUID.randomUUID().toString())
        .claim("roles", List.of(roles))
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  /** A valid access token. */
  String token(String user, String... roles) throws JOSEException {
    return sign(claims(user, roles));
  }

  /** One whose time is over, whatever the leeway. */
  String expiredToken(String user) throws JOSEException {
    return sign(claims(user).expirationTime(Date.from(Instant.now().minusSeconds(300))));
  }

  String sign(JWTClaimsSet.Builder claims) throws JOSEException {
    return sign(key, ACCESS_TOKEN, claims.build());
  }

  static String signWith(ECKey key, JWTClaimsSet.Builder claims) throws JOSEException {
    return sign(key, ACCESS_TOKEN, claims.build());
  }

  private static String sign(ECKey key, String type, JWTClaimsSet claims) throws JOSEException {
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType(type))
            .keyID(key.getKeyID())
            .build();
    var jwt = new SignedJWT(header, claims);
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  /** Ends a session, and returns when the service knows: it asks what has ended since. */
  void end(String session) throws InterruptedException {
    synchronized (changes) {
      ended.add(session);
      long end = nextAsOf();
      while (known < end) {
        changes.wait();
      }
    }
  }

  private void metadata(HttpExchange call) throws IOException {
    answer(
        call,
        JSONObjectUtils.toJSONString(
            Map.of(
                "issuer", name(),
                "jwks_uri", name() + "/.well-known/jwks.json",
                "ended_sessions_uri", name() + "/oauth2/ended-sessions")));
  }

  private void keys(HttpExchange call) throws IOException {
    answer(call, new JWKSet(key).toString(true));
  }

  private void endedSessions(HttpExchange call) throws IOException {
    try {
      answer(call, sign(key, ENDED_SESSIONS, endedSince(call.getRequestURI().getQuery())));
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  /** At once, and all of them: Latchkey waits for news, and names only what is new. */
  private JWTClaimsSet endedSince(@Nullable String query) {
    synchronized (changes) {
      if (query != null) {
        known = Math.max(known, Long.parseLong(query.replace("since=", "")));
        changes.notifyAll();
      }
      return new JWTClaimsSet.Builder()
          .issuer(name())
          .claim("as_of", nextAsOf())
          .claim("window", 420)
          .claim("sids", List.copyOf(ended))
          .build();
    }
  }

  /** Never the same twice: an answer that is not newer counts for nothing. */
  private long nextAsOf() {
    synchronized (changes) {
      lastAsOf = Math.max(lastAsOf + 1, System.currentTimeMillis());
      return lastAsOf;
    }
  }

  private void answer(HttpExchange call, String text) throws IOException {
    try (call) {
      byte[] body = text.getBytes(UTF_8);
      call.sendResponseHeaders(available ? 200 : 503, body.length);
      call.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

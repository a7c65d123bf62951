package dev.latchkey.examples.tasks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a resource server sees of Latchkey: tokens, and the keys that they are signed with, at an
 * address of HTTP.
 */
public final class TestIssuer implements AutoCloseable {

  public static final String ISSUER = "https://auth.example.org";
  public static final String AUDIENCE = "latchkey";
  public static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final HttpServer server;
  private final List<JWK> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger readings = new AtomicInteger();
  private final ECKey key = newKey("first");
  private final RSAKey rsa;
  private volatile boolean available = true;

  public TestIssuer() throws IOException, JOSEException {
    rsa =
        new RSAKeyGenerator(2048)
            .algorithm(JWSAlgorithm.RS256)
            .keyUse(KeyUse.SIGNATURE)
            .keyID("rsa")
            .generate();
    publish(key);
    publish(rsa);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/jwks.json", this::answer);
    server.start();
  }

  static ECKey newKey(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256)
        .algorithm(JWSAlgorithm.ES256)
        .keyUse(KeyUse.SIGNATURE)
        .keyID(id)
        .generate();
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      readings.incrementAndGet();
      byte[] keys = new JWKSet(List.copyOf(published)).toString(true).getBytes(UTF_8);
      call.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
      call.sendResponseHeaders(available ? 200 : 503, keys.length);
      call.getResponseBody().write(keys);
    }
  }

  void publish(JWK newKey) {
    published.add(newKey);
  }

  void withdraw(JWK oldKey) {
    published.remove(oldKey);
  }

  void available(boolean whether) {
    available = whether;
  }

  /** How often the keys have been asked for. */
  int readings() {
    return readings.get();
  }

  public URI jwks() {
    return URI.create(
        "http://localhost:" + server.getAddress().getPort() + "/.well-known/jwks.json");
  }

  public ECKey key() {
    return key;
  }

  public RSAKey rsa() {
    return rsa;
  }

  /** The claims of a valid access token. */
  public static JWTClaimsSet.Builder claims(String user, Instant expiry, String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject(user)
        .expirationTime(Date.from(expiry))
        .claim("roles", List.of(roles));
  }

  /** A valid access token. */
  public String token(String user, Instant expiry, String... roles) throws JOSEException {
    return sign(ACCESS_TOKEN, claims(user, expiry, roles).build());
  }

  public String sign(@Nullable JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
    return sign(key, type, claims);
  }

  static String sign(ECKey key, @Nullable JOSEObjectType type, JWTClaimsSet claims)
      throws JOSEException {
    return sign(JWSAlgorithm.ES256, key.getKeyID(), new ECDSASigner(key), type, claims);
  }

  public static String sign(
      JWSAlgorithm algorithm,
      String keyId,
      JWSSigner signer,
      @Nullable JOSEObjectType type,
      JWTClaimsSet claims)
      throws JOSEException {
    var jwt =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).type(type).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

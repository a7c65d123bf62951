package dev.latchkey.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Publishes metadata, keys and a feed of ended sessions as Latchkey does, and signs anything. */
final class Issuer implements AutoCloseable {

  static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");
  static final JOSEObjectType ENDED_SESSIONS = new JOSEObjectType("ended-sessions+jwt");

  private static final Duration HELD = Duration.ofMillis(200);
  private static final Pattern SINCE = Pattern.compile("(?:^|&)since=([0-9]+)(?:&|$)");

  private final int port;
  private HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<JWK> published = new CopyOnWriteArrayList<>();
  private final ECKey ec = newKey("ec");
  private final RSAKey rsa =
      new RSAKeyGenerator(2048)
          .algorithm(JWSAlgorithm.RS256)
          .keyUse(KeyUse.SIGNATURE)
          .keyID("rsa")
          .generate();
  private final Duration clockIsAhead;

  private final Object changes = new Object();
  private final Map<Long, String> ends = new TreeMap<>();
  private final AtomicLong questions = new AtomicLong();
  private long lastAsOf;
  private long frozenAt = Long.MAX_VALUE;
  private @Nullable Instant notBefore;
  private @Nullable String skipped;
  private volatile State keys = State.UP;
  private volatile State feed = State.UP;
  private final AtomicReference<@Nullable UnaryOperator<Document>> forgery =
      new AtomicReference<>();
  private final AtomicLong forgedAt = new AtomicLong();

  /** How a part of it is. */
  enum State {
    UP,
    /** Answers 503. */
    DOWN,
    /** Answers nothing, as a network does that was cut. */
    HANGING,
    /** Cannot be connected to. */
    GONE,
    /** Answers, and learns of nothing new, as a node does that has lost its database. */
    FROZEN
  }

  /** The list of ended sessions, before it is signed. */
  record Document(ECKey key, @Nullable JOSEObjectType type, JWTClaimsSet claims) {}

  /**
   * @param clockIsAhead of the clock of the resource server
   */
  Issuer(Duration clockIsAhead) throws IOException, JOSEException {
    this.clockIsAhead = clockIsAhead;
    published.add(ec);
    published.add(rsa);
    server = listen(0);
    port = server.getAddress().getPort();
  }

  private HttpServer listen(int at) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
    listening.setExecutor(threads);
    listening.createContext("/.well-known/oauth-authorization-server", this::metadata);
    listening.createContext("/.well-known/jwks.json", this::keys);
    listening.createContext("/oauth2/ended-sessions", this::endedSessions);
    listening.start();
    return listening;
  }

  static ECKey newKey(String id) throws JOSEException {
    return new ECKeyGenerator(Curve.P_256)
        .algorithm(JWSAlgorithm.ES256)
        .keyUse(KeyUse.SIGNATURE)
        .keyID(id)
        .generate();
  }

  String name() {
    return "http://localhost:" + port;
  }

  ECKey key() {
    return ec;
  }

  void publish(ECKey key) {
    published.add(key);
  }

  void keysAre(State state) {
    keys = state;
  }

  /** If it is gone, so is everything else. */
  void feedIs(State state) throws IOException {
    synchronized (changes) {
      if (state == State.GONE) {
        server.stop(0);
      } else if (feed == State.GONE) {
        server = listen(port);
      }
      feed = state;
      frozenAt = state == State.FROZEN ? lastAsOf : Long.MAX_VALUE;
    }
  }

  /** The claims of a token with the role, as Latchkey issues it. */
  JWTClaimsSet.Builder auditor() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(name())
        .audience("latchkey")
        .subject(UUID.randomUUID().toString())
        .claim("client_id", "latchkey")
        .claim("sid", UUID.randomUUID().toString())
        .claim("roles", List.of("auditor", "user"))
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  String sign(@Nullable JOSEObjectType type, JWTClaimsSet claims) throws JOSEException {
    return sign(ec, type, claims);
  }

  static String sign(ECKey key, @Nullable JOSEObjectType type, JWTClaimsSet claims)
      throws JOSEException {
    return sign(JWSAlgorithm.ES256, key, new ECDSASigner(key), type, claims);
  }

  /** With a key that is published, but of an algorithm that the resource server has not chosen. */
  String signWithRsa(JWTClaimsSet claims) throws JOSEException {
    return sign(JWSAlgorithm.RS256, rsa, new RSASSASigner(rsa), ACCESS_TOKEN, claims);
  }

  private static String sign(
      JWSAlgorithm algorithm,
      JWK key,
      JWSSigner signer,
      @Nullable JOSEObjectType type,
      JWTClaimsSet claims)
      throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).type(type).build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  /** From now on the feed names it. */
  void end(String session) {
    synchronized (changes) {
      ends.put(nextAsOf(), session);
      changes.notifyAll();
    }
  }

  /** The same, but lists that name only what is new do not have it. */
  void endUnnoticed(String session) {
    synchronized (changes) {
      skipped = session;
      end(session);
    }
  }

  /** From now on tokens that were not issued after it are refused. */
  void refuseTokensUntil(Instant latest) {
    synchronized (changes) {
      notBefore = latest;
    }
  }

  /** Publishes one list that is changed like that, and returns when it was certainly read. */
  void forge(UnaryOperator<Document> change) throws InterruptedException {
    forgedAt.set(Long.MAX_VALUE);
    forgery.set(change);
    // Whoever asks again has read the answer before.
    Poll.until(() -> questions.get() > forgedAt.get());
  }

  /** How often it was asked for ended sessions. */
  long questions() {
    return questions.get();
  }

  private void metadata(HttpExchange call) throws IOException {
    answer(
        call,
        keys,
        "application/json",
        JSONObjectUtils.toJSONString(
            Map.of(
                "issuer", name(),
                "jwks_uri", name() + "/.well-known/jwks.json",
                "ended_sessions_uri", name() + "/oauth2/ended-sessions")));
  }

  private void keys(HttpExchange call) throws IOException {
    answer(
        call,
        keys,
        "application/jwk-set+json",
        JSONObjectUtils.toJSONString(new JWKSet(published).toJSONObject(true)));
  }

  private void endedSessions(HttpExchange call) throws IOException {
    long question = questions.incrementAndGet();
    String query = call.getRequestURI().getQuery();
    Matcher since = SINCE.matcher(query == null ? "" : query);
    try {
      Document document = document(since.find() ? Long.valueOf(since.group(1)) : null);
      UnaryOperator<Document> change = forgery.getAndSet(null);
      if (change != null) {
        document = change.apply(document);
        forgedAt.set(question);
      }
      answer(
          call,
          feed,
          "application/ended-sessions+jwt",
          sign(document.key(), document.type(), document.claims()));
    } catch (InterruptedException | JOSEException e) {
      call.close();
    }
  }

  private Document document(@Nullable Long since) throws InterruptedException {
    synchronized (changes) {
      long until = System.nanoTime() + HELD.toNanos();
      long left = HELD.toMillis();
      while (since != null && left > 0 && namesBetween(since, frozenAt).isEmpty()) {
        changes.wait(left);
        left = Duration.ofNanos(until - System.nanoTime()).toMillis();
      }
      JWTClaimsSet.Builder claims =
          new JWTClaimsSet.Builder()
              .issuer(name())
              .claim("as_of", Math.min(nextAsOf(), frozenAt))
              .claim("window", 420)
              .claim("not_before", notBefore == null ? null : notBefore.getEpochSecond());
      if (since == null) {
        claims.claim("sids", namesBetween(0, frozenAt));
      } else if (skipped != null && ends.containsValue(skipped)) {
        // Begins later than what the listener knows: between them something may have ended.
        skipped = null;
        claims.claim("since", lastAsOf).claim("sids", List.of());
      } else {
        claims.claim("since", since).claim("sids", namesBetween(since, frozenAt));
      }
      return new Document(ec, ENDED_SESSIONS, claims.build());
    }
  }

  private List<String> namesBetween(long after, long upTo) {
    return ends.entrySet().stream()
        .filter(end -> end.getKey() > after && end.getKey() <= upTo)
        .map(Map.Entry::getValue)
        .toList();
  }

  private long nextAsOf() {
    synchronized (changes) {
      lastAsOf = Math.max(lastAsOf + 1, Instant.now().plus(clockIsAhead).toEpochMilli());
      return lastAsOf;
    }
  }

  private static void answer(HttpExchange call, State state, String type, String text)
      throws IOException {
    switch (state) {
      case UP, FROZEN -> {
        byte[] body = text.getBytes(UTF_8);
        call.getResponseHeaders().set("Content-Type", type);
        call.sendResponseHeaders(200, body.length);
        call.getResponseBody().write(body);
        call.close();
      }
      case DOWN -> {
        call.sendResponseHeaders(503, -1);
        call.close();
      }
      case HANGING, GONE -> {} // the exchange stays open
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

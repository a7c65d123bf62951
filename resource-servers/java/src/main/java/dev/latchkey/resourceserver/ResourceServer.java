package dev.latchkey.resourceserver;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.resourceserver.Decision.Accepted;
import dev.latchkey.resourceserver.Decision.Refused;
import dev.latchkey.resourceserver.Decision.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about calls by their access tokens: the check of RFC 9068 §4, the proof of RFC 9449 §7,
 * and whether the session has ended. One for a service, safe for use by many threads. {@link
 * #check} may block for some seconds while the issuer's keys are read.
 */
public final class ResourceServer implements AutoCloseable {

  /** How long calls wait for the first list of ended sessions after the start. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AccessTokens accessTokens;
  private final Proofs proofs;
  private final EndedSessions ended;
  private final @Nullable EndedSessionsListener listener;
  private final Duration maxAge;
  private final WhenStale whenStale;
  private final @Nullable URI publicAddress;
  private final long startedAt = System.nanoTime();

  /** What to do while it is not known which sessions have ended. */
  public enum WhenStale {
    /** Calls are answered with 503 (fail closed). */
    REFUSE,
    /**
     * Calls are judged by the token alone, as if there were no list of ended sessions (fail open).
     */
    ACCEPT
  }

  private ResourceServer(Builder settings) {
    var http = new Http();
    var metadata = new Metadata(http, settings.issuer, settings.jwks, settings.endedSessions);
    var keys = new Keys(http, metadata, settings.algorithms, System::nanoTime);
    InstantSource clock = InstantSource.system();
    accessTokens =
        new AccessTokens(keys, clock, settings.issuer, settings.audience, settings.leeway);
    proofs =
        new Proofs(
            clock,
            settings.proofWindow,
            new SeenProofs(settings.proofWindow, SeenProofs.MOST, System::nanoTime));
    ended = new EndedSessions(System::nanoTime);
    maxAge = settings.maxAge;
    whenStale = settings.whenStale;
    publicAddress = settings.publicAddress;
    listener =
        settings.listening
            ? new EndedSessionsListener(
                http,
                metadata,
                new EndedSessionsDocument.Reader(keys, settings.issuer),
                ended,
                clock,
                System::nanoTime)
            : null;
  }

  /** With the defaults of everything but the issuer. */
  public static ResourceServer of(String issuer) {
    return builder(issuer).start();
  }

  /**
   * @param issuer whose tokens are accepted: {@code latchkey.issuer} of the service, in exactly
   *     that spelling
   */
  public static Builder builder(String issuer) {
    return new Builder(issuer);
  }

  /** Says what to do with a call. Its proof, if it has one, is used up. */
  public Decision check(Call call) {
    List<String> authorization = call.authorization();
    if (authorization.size() > 1) {
      return Challenges.invalidRequest("There is more than one access token.");
    }
    String credentials = authorization.isEmpty() ? "" : authorization.get(0);
    return Arrays.stream(Scheme.values())
        .filter(scheme -> scheme.isOf(credentials))
        .findFirst()
        .map(scheme -> check(call, scheme, scheme.token(credentials)))
        .orElseGet(Challenges::accessTokenRequired);
  }

  /** For a call that was accepted, but whose token lacks the role that it needs: 403. */
  public Refused forbid(AccessToken token) {
    return Challenges.insufficientScope(token.bound() ? Scheme.DPOP : Scheme.BEARER);
  }

  /** For a call that needs a token and has none: 401. */
  public Refused requireToken() {
    return Challenges.accessTokenRequired();
  }

  /** Stops listening for ended sessions. */
  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
  }

  private Decision check(Call call, Scheme scheme, String text) {
    Verification verification = accessTokens.verify(text);
    if (verification instanceof Verification.Invalid invalid) {
      return Challenges.invalidToken(scheme, invalid.why());
    }
    if (verification instanceof Verification.Unknown unknown) {
      return new Unavailable(unknown.why());
    }
    AccessToken token = ((Verification.Valid) verification).token();
    if (token.bound() != (scheme == Scheme.DPOP)) {
      return Challenges.invalidToken(
          scheme,
          token.bound()
              ? "The token is bound to a key: it needs the scheme DPoP."
              : "The token is not bound to a key: it needs the scheme Bearer.");
    }
    if (listener != null) {
      awaitFirstList();
      if (ended.contains(token)) {
        return Challenges.invalidToken(scheme, "The session has ended.");
      }
      if (whenStale == WhenStale.REFUSE && ended.isOlderThan(maxAge)) {
        return new Unavailable("It is not known which sessions have ended.");
      }
    }
    String thumbprint = token.keyThumbprint();
    Optional<String> refusal =
        thumbprint == null
            ? Optional.empty()
            : proofs.refusal(call, outside(call.address()), text, thumbprint);
    return refusal.<Decision>map(Challenges::invalidProof).orElseGet(() -> new Accepted(token));
  }

  private void awaitFirstList() {
    if (ended.asOf() == null) {
      try {
        ended.awaitFirst(PATIENCE.minusNanos(System.nanoTime() - startedAt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private URI outside(URI address) {
    return publicAddress == null
        ? address
        : publicAddress.resolve(address.getRawPath() == null ? "/" : address.getRawPath());
  }

  /** The settings. Only the issuer has no default. */
  public static final class Builder {

    private final String issuer;
    private String audience = "latchkey";
    private Set<JWSAlgorithm> algorithms = Set.of(JWSAlgorithm.ES256);
    private Duration leeway = Duration.ofSeconds(60);
    private Duration proofWindow = Duration.ofSeconds(60);
    private boolean listening = true;
    private Duration maxAge = Duration.ofSeconds(60);
    private WhenStale whenStale = WhenStale.REFUSE;
    private @Nullable URI publicAddress;
    private @Nullable URI jwks;
    private @Nullable URI endedSessions;

    private Builder(String issuer) {
      URI address = URI.create(issuer);
      if (address.getScheme() == null || address.getHost() == null) {
        throw new IllegalArgumentException("The issuer is no address: " + issuer);
      }
      this.issuer = issuer;
    }

    /** The audience of this service's tokens: {@code latchkey} by default. */
    public Builder audience(String name) {
      audience = Objects.requireNonNull(name);
      return this;
    }

    /**
     * What tokens may be signed with: {@code ES256} alone by default. EdDSA needs the library Tink
     * beside this one.
     *
     * @throws IllegalArgumentException if one is no algorithm of signatures with a public key
     */
    public Builder algorithms(Set<String> names) {
      algorithms = names.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
      if (algorithms.isEmpty() || !JWSAlgorithm.Family.SIGNATURE.containsAll(algorithms)) {
        throw new IllegalArgumentException("Not algorithms of signatures: " + names);
      }
      return this;
    }

    /** By how much the clocks of Latchkey and of this service may differ: 60 s by default. */
    public Builder leeway(Duration duration) {
      leeway = duration;
      return this;
    }

    /** How far the time of a DPoP proof may be from the time here, both ways: 60 s by default. */
    public Builder proofWindow(Duration duration) {
      proofWindow = duration;
      return this;
    }

    /**
     * The start of this service's addresses as callers know them, such as {@code
     * https://api.example.org}. Without it a proof may be for whatever host its request names: set
     * it where a host could be named that is not this service.
     */
    public Builder publicAddress(URI address) {
      publicAddress = address;
      return this;
    }

    /** Where the keys are, if the issuer's metadata cannot be reached from here. */
    public Builder jwks(URI address) {
      jwks = address;
      return this;
    }

    /**
     * Where the list of ended sessions is, if the issuer's metadata cannot be reached from here.
     */
    public Builder endedSessions(URI address) {
      endedSessions = address;
      return this;
    }

    /**
     * How old the knowledge of ended sessions may be, 60 s by default, and what happens when it is
     * older: {@link WhenStale#REFUSE} by default. Below 15 s a healthy Latchkey can be too slow.
     */
    public Builder endedSessions(Duration oldest, WhenStale then) {
      maxAge = oldest;
      whenStale = then;
      return this;
    }

    /** Does without the list of ended sessions: a token is accepted until it expires. */
    public Builder ignoreEndedSessions() {
      listening = false;
      return this;
    }

    /**
     * Starts listening for ended sessions, in the background. Nothing needs to be reachable yet.
     */
    public ResourceServer start() {
      var server = new ResourceServer(this);
      if (server.listener != null) {
        server.listener.start();
      }
      return server;
    }
  }
}

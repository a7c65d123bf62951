package dev.latchkey.application.service.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.application.port.in.session.VerifyProof;
import dev.latchkey.application.port.out.session.KeyProofs;
import dev.latchkey.application.port.out.session.KeyProofs.Reading;
import dev.latchkey.application.port.out.session.Nonces;
import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.token.TokenText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link VerifyProof}: the port verifies the signature, and here what was signed is compared with
 * the request. Nothing is stored, and no copy of a proof is looked for: within five minutes it may
 * be sent again with the same request, which gives whoever sends it nothing that they can use
 * without the key.
 */
public final class VerifyProofService implements VerifyProof {

  /** A nonce is for the next request or two. */
  static final Duration NONCE_LIFETIME = Duration.ofMinutes(5);

  /**
   * How far {@code iat} may be off. The nonce says how old a proof is, and better, as it is by our
   * own clock; so this may be as much as clocks of devices usually are.
   */
  static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  private final KeyProofs proofs;
  private final Nonces nonces;
  private final InstantSource clock;

  public VerifyProofService(KeyProofs proofs, Nonces nonces, InstantSource clock) {
    this.proofs = proofs;
    this.nonces = nonces;
    this.clock = clock;
  }

  @Override
  public Result execute(Command command) {
    Instant now = clock.instant();
    return switch (proofs.read(command.proof())) {
      case Reading.Rejected(String reason) -> new Result.Invalid(reason);
      case Reading.Signed signed ->
          objectionTo(signed, command, now)
              .<Result>map(reason -> new Result.Invalid(reason))
              .orElseGet(() -> judgeNonce(signed, now));
    };
  }

  private static Optional<String> objectionTo(Reading.Signed signed, Command command, Instant now) {
    if (!signed.method().equals(command.method())) {
      return Optional.of("htm must be " + command.method());
    }
    if (!HttpAddress.equal(signed.address(), command.address())) {
      return Optional.of("htu must be " + command.address());
    }
    Duration behind = Duration.between(signed.issuedAt(), now);
    if (behind.abs().compareTo(CLOCK_TOLERANCE) > 0) {
      return Optional.of(
          "iat is %d s %s the time of this server"
              .formatted(behind.abs().toSeconds(), behind.isPositive() ? "behind" : "ahead of"));
    }
    return objectionTo(signed.accessTokenHash(), command.accessToken());
  }

  private static Optional<String> objectionTo(
      @Nullable String hash, @Nullable TokenText accessToken) {
    if (accessToken == null || hash(accessToken).equals(hash)) {
      return Optional.empty();
    }
    return Optional.of(hash == null ? "ath is missing" : "ath is not the hash of the access token");
  }

  /** RFC 9449 §4.2. */
  private static String hash(TokenText accessToken) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(accessToken.reveal().getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Last, as the caller is to send all the rest again as it is. */
  private Result judgeNonce(Reading.Signed signed, Instant now) {
    return Optional.ofNullable(signed.nonce())
        .flatMap(nonces::issuedAt)
        // The clock of another node may be a little ahead.
        .filter(issued -> now.isBefore(issued.plus(NONCE_LIFETIME)))
        .<Result>map(issued -> new Result.Proven(new KeyProof(signed.key(), issued)))
        .orElseGet(() -> new Result.NonceNeeded());
  }
}

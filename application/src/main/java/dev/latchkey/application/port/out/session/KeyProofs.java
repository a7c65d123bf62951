package dev.latchkey.application.port.out.session;

import dev.latchkey.domain.session.KeyThumbprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads proofs of possession (RFC 9449 §4.2). */
public interface KeyProofs {

  /**
   * Reads a proof and verifies its signature with the key in its header. Never throws for a text.
   */
  Reading read(String proof);

  sealed interface Reading {

    /**
     * Signed with the key that it names, by an algorithm that is accepted. What it says is for the
     * caller to judge.
     *
     * @param key that signed it
     * @param method {@code htm}
     * @param address {@code htu}, as it was written
     * @param issuedAt {@code iat}, by the clock of whoever signed
     * @param accessTokenHash {@code ath}: SHA-256 of the access token, in Base64url
     * @param nonce of this service or not
     */
    record Signed(
        KeyThumbprint key,
        String method,
        String address,
        Instant issuedAt,
        @Nullable String accessTokenHash,
        @Nullable String nonce)
        implements Reading {}

    /**
     * @param reason for people; printable ASCII without quotation mark and backslash
     */
    record Rejected(String reason) implements Reading {}
  }
}

package dev.latchkey.application.port.in.session;

import dev.latchkey.domain.session.KeyProof;
import dev.latchkey.domain.token.TokenText;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that whoever sends a request has a private key: its DPoP proof (RFC 9449 §4.3). A proof
 * must contain a nonce of this service, which is at most five minutes old, so that nobody can make
 * proofs in advance, and a copy of one is soon worth nothing.
 */
public interface VerifyProof {

  Result execute(Command command);

  /**
   * @param proof the value of the header {@code DPoP}
   * @param method of the request ({@code htm})
   * @param address of the request as callers know it, without query and fragment ({@code htu})
   * @param accessToken that the request carries, which the proof must name ({@code ath}); null if
   *     it carries none
   */
  record Command(String proof, String method, String address, @Nullable TokenText accessToken) {}

  sealed interface Result {

    record Proven(KeyProof proof) implements Result {}

    /** It is a proof, but its nonce is missing, or too old, or none of ours. */
    record NonceNeeded() implements Result {}

    /**
     * It is not a proof for this request.
     *
     * @param reason what is wrong with it, for people; printable ASCII without quotation mark and
     *     backslash
     */
    record Invalid(String reason) implements Result {}
  }
}

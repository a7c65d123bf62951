package dev.latchkey.application.port.out.session;

import java.time.Instant;
import java.util.Optional;

/**
 * Nonces for proofs (RFC 9449 §8). A nonce says itself when it was issued, so that none has to be
 * stored: every node recognises those of every other, and those of before its restart.
 */
public interface Nonces {

  /** A nonce that is issued now. */
  String issue(Instant now);

  /** When it was issued, in microseconds; nothing if it is none of ours. */
  Optional<Instant> issuedAt(String nonce);
}

/**
 * Proofs that a caller has a private key (DPoP, RFC 9449): which header they come in, what a
 * refusal says, and the nonce for the next one.
 *
 * <p>Does not belong here: whether a proof is valid (use case {@code VerifyProof}), and what it is
 * good for (the use cases of sessions).
 */
@NullMarked
package dev.latchkey.adapters.web.proof;

import org.jspecify.annotations.NullMarked;

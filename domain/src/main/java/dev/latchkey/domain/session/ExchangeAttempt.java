package dev.latchkey.domain.session;

import dev.latchkey.domain.key.MasterKeyId;
import org.jspecify.annotations.Nullable;

/**
 * What an exchange brings along.
 *
 * @param presented an authentic refresh token of the session
 * @param idempotencyKey the client's name for this exchange, if it gave one
 * @param keyProof the proof of a key of the device, if there is one
 * @param successorKeyId the master key that a successor would be derived with
 */
public record ExchangeAttempt(
    RefreshToken presented,
    @Nullable IdempotencyKey idempotencyKey,
    @Nullable KeyProof keyProof,
    MasterKeyId successorKeyId) {}

package dev.latchkey.adapters.persistence.session;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.KeyThumbprint;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Revocation.Reason;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code sessions}. */
@MappedEntity("sessions")
@SuppressWarnings("ArrayRecordComponent") // rows are written or read once and never compared
public record SessionRow(
    @Id UUID id,
    UUID userId,
    String clientId,
    int generation,
    int masterKeyId,
    byte[] salt,
    Instant startedAt,
    Instant rotatedAt,
    Instant idleExpiresAt,
    Instant absoluteExpiresAt,
    @Nullable String exchangeKeyHash,
    @Nullable String clientAddress,
    @Nullable String clientNetwork,
    @Nullable String userAgent,
    @Nullable String boundKey,
    @Nullable Boolean accessTokensBound,
    @Nullable Instant revokedAt,
    @Nullable String revocationReason) {

  static SessionRow of(Session session) {
    Binding binding = session.binding();
    Revocation revocation = session.revocation();
    return new SessionRow(
        session.id().value(),
        session.userId().value(),
        session.clientId().text(),
        session.generation().value(),
        session.masterKeyId().value(),
        session.salt().bytes(),
        session.startedAt(),
        session.rotatedAt(),
        session.idleExpiresAt(),
        session.absoluteExpiresAt(),
        session.exchangeKey() == null ? null : session.exchangeKey().text(),
        session.device().address(),
        session.device().network().text(),
        session.device().userAgent(),
        binding == null ? null : binding.key().text(),
        binding == null ? null : binding.coversAccessTokens(),
        revocation == null ? null : revocation.at(),
        revocation == null ? null : revocation.reason().name());
  }

  Session toSession() {
    return new Session(
        new SessionId(id),
        new UserId(userId),
        ClientId.stored(clientId),
        new Generation(generation),
        new MasterKeyId(masterKeyId),
        new Salt(salt),
        startedAt,
        rotatedAt,
        idleExpiresAt,
        absoluteExpiresAt,
        exchangeKeyHash == null ? null : new IdempotencyKey.Hash(exchangeKeyHash),
        new Device(clientAddress, userAgent),
        boundKey == null
            ? null
            : new Binding(new KeyThumbprint(boundKey), Boolean.TRUE.equals(accessTokensBound)),
        revokedAt == null || revocationReason == null
            ? null
            : new Revocation(revokedAt, Reason.stored(revocationReason)));
  }

  /** Redacted: the row has the salt. */
  @Override
  public String toString() {
    return "SessionRow[id=" + id + "]";
  }
}

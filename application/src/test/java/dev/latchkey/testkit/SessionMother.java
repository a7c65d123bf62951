package dev.latchkey.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Binding;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.Generation;
import dev.latchkey.domain.session.IdempotencyKey;
import dev.latchkey.domain.session.Revocation;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes sessions; a test says only what matters to it. */
public final class SessionMother {

  private SessionMother() {}

  /**
   * A session that was just started under the default policy, with an identity of its own, of
   * nobody in particular.
   */
  public static Builder aSession() {
    return new Builder();
  }

  /** Changes one thing about the session with each call. */
  public static final class Builder {

    private SessionId id = new SessionId(UUID.randomUUID());
    private UserId userId = new UserId(UUID.randomUUID());
    private ClientId clientId = ClientId.FIRST_PARTY;
    private Generation generation = Generation.FIRST;
    private MasterKeyId masterKeyId = new MasterKeyId(1);
    private Salt salt = new Salt("0123456789abcdef".getBytes(US_ASCII));
    private Instant startedAt = Instant.parse("2026-01-01T00:00:00Z");
    private @Nullable Instant rotatedAt;
    private @Nullable Instant idleExpiresAt;
    private @Nullable Instant absoluteExpiresAt;
    private IdempotencyKey.@Nullable Hash exchangeKey;
    private Device device = new Device(null, null);
    private @Nullable Binding binding;
    private @Nullable Revocation revocation;

    private Builder() {}

    public Builder withId(SessionId id) {
      this.id = id;
      return this;
    }

    public Builder withUser(User user) {
      this.userId = user.id();
      return this;
    }

    public Builder withClientId(ClientId clientId) {
      this.clientId = clientId;
      return this;
    }

    public Builder withGeneration(int generation) {
      this.generation = new Generation(generation);
      return this;
    }

    public Builder withMasterKeyId(int masterKeyId) {
      this.masterKeyId = new MasterKeyId(masterKeyId);
      return this;
    }

    public Builder withSalt(Salt salt) {
      this.salt = salt;
      return this;
    }

    public Builder withStartedAt(Instant startedAt) {
      this.startedAt = startedAt;
      return this;
    }

    public Builder withRotatedAt(Instant rotatedAt) {
      this.rotatedAt = rotatedAt;
      return this;
    }

    public Builder withIdleExpiresAt(Instant idleExpiresAt) {
      this.idleExpiresAt = idleExpiresAt;
      return this;
    }

    public Builder withAbsoluteExpiresAt(Instant absoluteExpiresAt) {
      this.absoluteExpiresAt = absoluteExpiresAt;
      return this;
    }

    public Builder withExchangeKey(IdempotencyKey key) {
      this.exchangeKey = key.hash(salt);
      return this;
    }

    public Builder withClient(String address, String userAgent) {
      this.device = new Device(address, userAgent);
      return this;
    }

    public Builder withBinding(Binding binding) {
      this.binding = binding;
      return this;
    }

    public Builder withRevocation(Revocation revocation) {
      this.revocation = revocation;
      return this;
    }

    public Session build() {
      Instant rotated = rotatedAt == null ? startedAt : rotatedAt;
      return new Session(
          id,
          userId,
          clientId,
          generation,
          masterKeyId,
          salt,
          startedAt,
          rotated,
          idleExpiresAt == null ? rotated.plus(SessionPolicy.DEFAULT.idle()) : idleExpiresAt,
          absoluteExpiresAt == null
              ? startedAt.plus(SessionPolicy.DEFAULT.absolute())
              : absoluteExpiresAt,
          exchangeKey,
          device,
          binding,
          revocation);
    }
  }
}

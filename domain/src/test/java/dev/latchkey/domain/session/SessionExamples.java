package dev.latchkey.domain.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A session for tests to begin with. */
public final class SessionExamples {

  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final SessionPolicy POLICY = SessionPolicy.DEFAULT;
  public static final MasterKeyId OLD_KEY = new MasterKeyId(1);
  public static final MasterKeyId CURRENT_KEY = new MasterKeyId(2);

  private SessionExamples() {}

  /**
   * Started at {@link #START} under {@link #POLICY}, its first token derived with {@link #OLD_KEY}.
   */
  public static Session started() {
    return started(1, START);
  }

  /** The same with another number and time. */
  public static Session started(int number, Instant time) {
    return started(number, time, null);
  }

  /** The first, bound to a key. */
  public static Session bound(Binding binding) {
    return started(1, START, binding);
  }

  private static Session started(int number, Instant time, @Nullable Binding binding) {
    return Session.start(
        new SessionId(new UUID(0, number)),
        new UserId(new UUID(0, 2)),
        ClientId.FIRST_PARTY,
        new Salt("0123456789abcdef".getBytes(US_ASCII)),
        OLD_KEY,
        new Device("192.0.2.1", "Laptop"),
        binding,
        time,
        POLICY);
  }
}

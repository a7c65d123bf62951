package dev.latchkey.benchmarks.pure;

import dev.latchkey.domain.client.ClientId;
import dev.latchkey.domain.key.MasterKeyId;
import dev.latchkey.domain.session.Device;
import dev.latchkey.domain.session.ExchangeAttempt;
import dev.latchkey.domain.session.ExchangeDecision;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.session.SessionPolicy;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the domain decides. */
@State(Scope.Benchmark)
public class SessionExchange {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final MasterKeyId KEY = new MasterKeyId(1);

  private final Session before =
      Session.start(
          new SessionId(new UUID(1, 2)),
          new UserId(new UUID(3, 4)),
          ClientId.of("latchkey"),
          new Salt(new byte[Salt.LENGTH]),
          KEY,
          new Device("192.0.2.1", "a browser"),
          null,
          NOW,
          SessionPolicy.DEFAULT);
  private final ExchangeAttempt attempt =
      new ExchangeAttempt(before.currentToken(), null, null, KEY);
  private final Session after = ((ExchangeDecision.Rotated) rotated()).session();

  @Benchmark
  public final ExchangeDecision rotated() {
    return before.exchange(attempt, NOW, SessionPolicy.DEFAULT);
  }

  @Benchmark
  public ExchangeDecision retried() {
    return after.exchange(attempt, NOW, SessionPolicy.DEFAULT);
  }
}

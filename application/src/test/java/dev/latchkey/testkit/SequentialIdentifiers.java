package dev.latchkey.testkit;

import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.session.Salt;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.UserId;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Identifiers} that count 1, 2, 3, …: distinct, and the same in every run. */
public final class SequentialIdentifiers implements Identifiers {

  private final AtomicInteger count;

  public SequentialIdentifiers() {
    this(0);
  }

  /**
   * @param last that was used elsewhere
   */
  public SequentialIdentifiers(int last) {
    this.count = new AtomicInteger(last);
  }

  @Override
  public UserId newUserId() {
    return new UserId(next());
  }

  @Override
  public SessionId newSessionId() {
    return new SessionId(next());
  }

  @Override
  public Salt newSalt() {
    return new Salt(ByteBuffer.allocate(Salt.LENGTH).putInt(count.incrementAndGet()).array());
  }

  @Override
  public Code newCode() {
    return Code.of(ByteBuffer.allocate(Code.BYTES).putInt(count.incrementAndGet()).array());
  }

  @Override
  public MailId newMailId() {
    return new MailId(next());
  }

  private UUID next() {
    return new UUID(0, count.incrementAndGet());
  }
}

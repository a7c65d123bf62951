package dev.latchkey.application.service.account;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.service.attempt.AttemptCounter;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.attempt.AttemptLimit;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.session.Device;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks codes up, and counts those that are wrong by the network that they come from. */
public final class PresentedCodes {

  private final Transactions transactions;
  private final MailedCodes codes;
  private final AttemptCounter attempts;
  private final AttemptLimit limit;
  private final SecurityEvents events;

  /**
   * @param limit of wrong codes and passwords from one network
   */
  public PresentedCodes(
      Transactions transactions,
      MailedCodes codes,
      AttemptCounter attempts,
      AttemptLimit limit,
      SecurityEvents events) {
    this.transactions = transactions;
    this.codes = codes;
    this.attempts = attempts;
    this.limit = limit;
    this.events = events;
  }

  /** How long this network has to wait; zero if it may present a code now. */
  Duration delay(Device device, Instant now) {
    return transactions.execute(() -> attempts.delay(limits(device), now));
  }

  /** The code that this is, if it serves one of these purposes and has not expired. */
  Optional<MailedCode> find(Optional<Code> code, Set<CodePurpose> purposes, Instant now) {
    return code.map(Code::hash)
        .flatMap(codes::find)
        .filter(found -> purposes.contains(found.purpose()))
        .filter(found -> now.isBefore(found.expiresAt()));
  }

  /** Uses it up, if nobody else was faster. To be called in a transaction. */
  boolean take(MailedCode code) {
    return codes.take(code.hash()).isPresent();
  }

  /**
   * Counts a code that was refused.
   *
   * @return how long this network has to wait, if it should not have been looked at
   */
  Duration refuse(Device device, Instant now) {
    Duration delay = transactions.execute(() -> attempts.count(limits(device), now));
    events.publish(new SecurityEvent.CodeRefused(device, now));
    return delay;
  }

  private Map<AttemptKey, AttemptLimit> limits(Device device) {
    return Map.of(AttemptKey.network(device.network()), limit);
  }
}

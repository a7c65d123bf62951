package dev.latchkey.application.service.mail;

import dev.latchkey.application.port.in.mail.DeliverMail;
import dev.latchkey.application.port.out.Identifiers;
import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.account.Registrations;
import dev.latchkey.application.port.out.account.Users;
import dev.latchkey.application.port.out.event.SecurityEvent;
import dev.latchkey.application.port.out.event.SecurityEvents;
import dev.latchkey.application.port.out.mail.Mail;
import dev.latchkey.application.port.out.mail.MailField;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.MailNotSentException;
import dev.latchkey.application.port.out.mail.MailedCodes;
import dev.latchkey.application.port.out.mail.Mailer;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.code.Code;
import dev.latchkey.domain.code.CodePurpose;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.user.EmailAddress;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link DeliverMail}: takes a mail, so that no other node sends it meanwhile, finds out what it
 * needs, sends it, and deletes it. A node that dies before it has sent the mail leaves it to the
 * others; one that dies between sending and deleting has it sent once more. Nothing is lost, and a
 * crash at the worst instant costs one duplicate.
 */
public final class DeliverMailService implements DeliverMail {

  /** More than sending may take, so that only a node that is dead or stuck is overtaken. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 10;
  private static final Duration TIME_TO_GIVE_UP = Duration.ofDays(1);

  private final Transactions transactions;
  private final Outbox outbox;
  private final Mailer mailer;
  private final Users users;
  private final Registrations registrations;
  private final MailedCodes codes;
  private final Identifiers identifiers;
  private final SecurityEvents events;
  private final InstantSource clock;

  public DeliverMailService(
      Transactions transactions,
      Outbox outbox,
      Mailer mailer,
      Users users,
      Registrations registrations,
      MailedCodes codes,
      Identifiers identifiers,
      SecurityEvents events,
      InstantSource clock) {
    this.transactions = transactions;
    this.outbox = outbox;
    this.mailer = mailer;
    this.users = users;
    this.registrations = registrations;
    this.codes = codes;
    this.identifiers = identifiers;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Result execute() {
    Instant now = clock.instant();
    return transactions
        .execute(() -> outbox.claim(now, now.plus(LEASE)))
        .map(mail -> deliver(mail, now))
        .orElseGet(Result.NothingDue::new);
  }

  private Result deliver(OutboxMail waiting, Instant now) {
    if (waiting.attempts() > 1 && !now.isBefore(waiting.writtenAt().plus(TIME_TO_GIVE_UP))) {
      outbox.remove(waiting.id());
      events.publish(
          new SecurityEvent.MailGivenUp(waiting.kind(), Optional.ofNullable(waiting.owner()), now));
      return new Result.GivenUp();
    }
    return transactions
        .execute(() -> complete(waiting, now))
        .map(mail -> send(mail, waiting, now))
        .orElseGet(() -> drop(waiting));
  }

  private Result send(Mail mail, OutboxMail waiting, Instant now) {
    try {
      mailer.send(mail);
    } catch (MailNotSentException e) {
      outbox.postpone(waiting.id(), now.plus(pauseAfter(waiting.attempts())));
      return new Result.NotSent(e.reason());
    }
    outbox.remove(waiting.id());
    return new Result.Sent();
  }

  private Result drop(OutboxMail waiting) {
    outbox.remove(waiting.id());
    return new Result.Dropped();
  }

  private static Duration pauseAfter(int attempts) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** The mail with all its values; nothing if there is no reason to send it any more. */
  private Optional<Mail> complete(OutboxMail waiting, Instant now) {
    return switch (waiting.kind()) {
      case PASSWORD_RESET ->
          users
              .findByEmail(waiting.to())
              .filter(User::isActive)
              .map(user -> withCode(waiting, user, user.email(), CodePurpose.PASSWORD_RESET, now));
      case EMAIL_VERIFICATION -> verification(waiting, now);
      case REGISTRATION -> registration(waiting, now);
      case EMAIL_CHANGE -> emailChange(waiting, now);
      case ADDRESS_IN_USE,
          EMAIL_CHANGED,
          PASSWORD_CHANGED,
          REFRESH_TOKEN_REUSED,
          NEW_DEVICE,
          ACCOUNT_CLOSED,
          ACCOUNT_DELETED ->
          Optional.of(mail(waiting, waiting.kind(), waiting.details()));
    };
  }

  /** Of an account, or of one that is still to be opened. */
  private Optional<Mail> verification(OutboxMail waiting, Instant now) {
    Optional<User> user = users.findByEmail(waiting.to());
    return user.isPresent()
        ? user.filter(found -> found.isActive() && !found.isEmailVerified())
            .map(
                found ->
                    withCode(waiting, found, found.email(), CodePurpose.EMAIL_VERIFICATION, now))
        : onlyOne(registrations.findByEmail(waiting.to(), now))
            .map(waits -> withCode(waiting, waits, waits.email(), CodePurpose.REGISTRATION, now));
  }

  /** Of several, all but one are strangers', and nobody must open a stranger's by mistake. */
  private static Optional<User> onlyOne(List<User> waiting) {
    return waiting.size() == 1 ? Optional.of(waiting.getFirst()) : Optional.empty();
  }

  private Optional<Mail> registration(OutboxMail waiting, Instant now) {
    return owner(waiting)
        .flatMap(registrations::find)
        .filter(waits -> now.isBefore(expiry(waits, CodePurpose.REGISTRATION, now)))
        .map(
            waits ->
                users.findByEmail(waiting.to()).isPresent()
                    ? inUse(waiting)
                    : withCode(waiting, waits, waits.email(), CodePurpose.REGISTRATION, now));
  }

  private Optional<Mail> emailChange(OutboxMail waiting, Instant now) {
    return owner(waiting)
        .flatMap(users::find)
        .filter(User::isActive)
        .map(
            user ->
                users
                        .findByEmail(waiting.to())
                        .filter(other -> !other.id().equals(user.id()))
                        .isPresent()
                    ? inUse(waiting)
                    : withCode(waiting, user, waiting.to(), CodePurpose.EMAIL_CHANGE, now));
  }

  private static Optional<UserId> owner(OutboxMail waiting) {
    return Optional.ofNullable(waiting.owner());
  }

  /** Whoever asked learns nothing of it; the owner of the address learns that somebody did. */
  private static Mail inUse(OutboxMail waiting) {
    return mail(
        waiting,
        MailKind.ADDRESS_IN_USE,
        Map.of(MailField.TIME, MailTimes.text(waiting.writtenAt())));
  }

  /**
   * @param to as the owner wrote it, if it is theirs already: whoever asked for the mail may have
   *     written it in another case, in which it may be the mailbox of somebody else (RFC 5321 §2.4)
   */
  private Mail withCode(
      OutboxMail waiting, User owner, EmailAddress to, CodePurpose purpose, Instant now) {
    Code code = identifiers.newCode();
    Instant expiresAt = expiry(owner, purpose, now);
    codes.add(new MailedCode(code.hash(), purpose, owner.id(), to, expiresAt));
    return new Mail(
        waiting.id(),
        waiting.kind(),
        to,
        Map.of(
            MailField.USERNAME,
            owner.username().text(),
            MailField.CODE,
            code.reveal(),
            MailField.EXPIRES_AT,
            MailTimes.text(expiresAt)));
  }

  /** A code that opens an account is good for as long as the account waits for it. */
  private static Instant expiry(User owner, CodePurpose purpose, Instant now) {
    Instant from = purpose == CodePurpose.REGISTRATION ? owner.createdAt() : now;
    return from.plus(purpose.lifetime());
  }

  private static Mail mail(OutboxMail waiting, MailKind kind, Map<MailField, String> values) {
    return new Mail(waiting.id(), kind, waiting.to(), values);
  }
}

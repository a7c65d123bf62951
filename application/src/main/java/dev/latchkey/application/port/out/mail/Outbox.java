package dev.latchkey.application.port.out.mail;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * Mail to be sent. It is written in the transaction that wants it sent, so that it is neither lost
 * nor sent for something that never happened.
 */
public interface Outbox {

  /** Nobody needs to know how many more wait, and to count them all takes its time. */
  int MOST_COUNTED = 10_000;

  /** Adds a mail that is due at once. */
  void add(OutboxMail mail);

  /**
   * Takes the mail that has been due for longest, so that nobody else takes it before {@code
   * until}: of several nodes at once each gets another one. Its attempts are one more from then on.
   *
   * @return the mail as it is now; nothing if none is due
   */
  Optional<OutboxMail> claim(Instant now, Instant until);

  /** Makes it due at that time, if it still waits. */
  void postpone(MailId id, Instant until);

  /** Deletes it: it is sent, or given up. */
  @CanIgnoreReturnValue
  boolean remove(MailId id);

  /** Deletes all that is about this user. */
  void removeOf(UserId owner);

  /** Deletes the mails of one kind that are about this user. */
  void removeOf(UserId owner, MailKind kind);

  /** When the oldest of those that wait was written. */
  Optional<Instant> oldest();

  /** How many wait; {@link #MOST_COUNTED} stands for that many or more. */
  int waiting();
}

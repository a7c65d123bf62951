package dev.latchkey.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.application.port.out.mail.MailKind;
import dev.latchkey.application.port.out.mail.Outbox;
import dev.latchkey.application.port.out.mail.OutboxMail;
import dev.latchkey.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@link Outbox} in memory. */
public final class InMemoryOutbox implements Outbox {

  private final InMemoryStore store;

  public InMemoryOutbox(InMemoryStore store) {
    this.store = store;
  }

  /**
   * @param dueAt from when on it can be claimed
   */
  record Waiting(OutboxMail mail, Instant dueAt) {

    Waiting until(Instant time) {
      return new Waiting(mail, time);
    }

    Waiting claimed(Instant until) {
      return new Waiting(
          new OutboxMail(
              mail.id(),
              mail.kind(),
              mail.to(),
              mail.owner(),
              mail.details(),
              mail.writtenAt(),
              mail.attempts() + 1),
          until);
    }
  }

  @Override
  public void add(OutboxMail mail) {
    store.put(store.outbox, mail.id(), new Waiting(mail, mail.writtenAt()));
  }

  @Override
  public Optional<OutboxMail> claim(Instant now, Instant until) {
    return store.statement(
        () -> {
          Optional<Waiting> claimed =
              store.outbox.values().stream()
                  .filter(waiting -> !waiting.dueAt().isAfter(now))
                  .min(comparing(Waiting::dueAt))
                  .map(waiting -> waiting.claimed(until));
          claimed.ifPresent(this::put);
          return claimed.map(Waiting::mail);
        });
  }

  @Override
  public void postpone(MailId id, Instant until) {
    var _ =
        store.statement(
            () -> {
              find(id).map(waiting -> waiting.until(until)).ifPresent(this::put);
              return id;
            });
  }

  @Override
  public boolean remove(MailId id) {
    return store.statement(
        () -> {
          boolean waits = find(id).isPresent();
          store.remove(store.outbox, id);
          return waits;
        });
  }

  @Override
  public void removeOf(UserId owner) {
    removeAll(mail -> owner.equals(mail.owner()));
  }

  @Override
  public void removeOf(UserId owner, MailKind kind) {
    removeAll(mail -> owner.equals(mail.owner()) && mail.kind() == kind);
  }

  private void removeAll(Predicate<OutboxMail> condition) {
    var _ =
        store.statement(
            () -> {
              List<MailId> ids =
                  store.outbox.values().stream()
                      .map(Waiting::mail)
                      .filter(condition)
                      .map(OutboxMail::id)
                      .toList();
              ids.forEach(this::remove);
              return ids;
            });
  }

  @Override
  public Optional<Instant> oldest() {
    return store.statement(
        () ->
            store.outbox.values().stream()
                .map(waiting -> waiting.mail().writtenAt())
                .min(naturalOrder()));
  }

  @Override
  public int waiting() {
    return store.statement(() -> Math.min(store.outbox.size(), MOST_COUNTED));
  }

  private Optional<Waiting> find(MailId id) {
    return Optional.ofNullable(store.outbox.get(id));
  }

  private void put(Waiting waiting) {
    store.put(store.outbox, waiting.mail().id(), waiting);
  }
}

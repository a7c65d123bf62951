package dev.latchkey.application.service.key;

import dev.latchkey.application.port.out.key.OpenedSigningKey;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.domain.key.SigningKey;
import dev.latchkey.domain.key.SigningKeySchedule;
import dev.latchkey.domain.key.SigningKeyState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the store contained at a time, and which of its keys open here. It never changes. */
final class SigningKeyReading {

  private final long order;
  private final Instant readAt;
  private final List<SealedSigningKey> rows;
  private final Map<Integer, OpenedSigningKey> opened;
  private final SigningKeySchedule schedule;
  private final SigningKeySchedule usable;

  /**
   * @param order readings are numbered as they begin
   * @param opened those of the rows that open, by their numbers
   */
  SigningKeyReading(
      long order,
      Instant readAt,
      List<SealedSigningKey> rows,
      Map<Integer, OpenedSigningKey> opened) {
    this.order = order;
    this.readAt = readAt;
    this.rows = List.copyOf(rows);
    this.opened = Map.copyOf(opened);
    List<SigningKey> keys = this.rows.stream().map(SealedSigningKey::key).toList();
    this.schedule = new SigningKeySchedule(keys);
    this.usable =
        new SigningKeySchedule(keys.stream().filter(key -> opened(key).isPresent()).toList());
  }

  static SigningKeyReading none(Instant readAt) {
    return new SigningKeyReading(0, readAt, List.of(), Map.of());
  }

  long order() {
    return order;
  }

  Duration age(Instant now) {
    return Duration.between(readAt, now).abs();
  }

  /** All keys of the store, whether they open here or not. */
  SigningKeySchedule schedule() {
    return schedule;
  }

  /** Of all keys, whether they open here or not. */
  List<SealedSigningKey> rows() {
    return rows;
  }

  /** Whether the store had that key, whatever has changed about it. */
  boolean contains(SigningKey key) {
    return rows.stream().anyMatch(row -> row.key().id().equals(key.id()));
  }

  /** The rows of all keys that are not retired. */
  Stream<SealedSigningKey> notRetired(Instant now) {
    return rows.stream().filter(row -> schedule.stateOf(row.key(), now) != SigningKeyState.RETIRED);
  }

  /** A key that is not retired and does not open here. */
  Optional<SealedSigningKey> unusable(Instant now) {
    return notRetired(now).filter(row -> opened(row.key()).isEmpty()).findFirst();
  }

  /** That very key, if it opens here. */
  Optional<OpenedSigningKey> opened(SigningKey key) {
    return Optional.ofNullable(opened.get(key.number()))
        .filter(found -> found.id().equals(key.id()) && !key.erased());
  }

  /** The key that signs, of those that open here. */
  Optional<OpenedSigningKey> active(Instant now) {
    return usable.active(now).flatMap(this::opened);
  }

  /** Those that verify tokens, now or soon, of those that open here; by ascending number. */
  Stream<OpenedSigningKey> published(Instant now) {
    return usable.published(now).stream().flatMap(key -> opened(key).stream());
  }

  Optional<OpenedSigningKey> published(String id, Instant now) {
    return published(now).filter(key -> key.id().equals(id)).findFirst();
  }
}

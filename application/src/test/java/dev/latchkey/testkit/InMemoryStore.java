package dev.latchkey.testkit;

import dev.latchkey.application.port.out.Transactions;
import dev.latchkey.application.port.out.key.SealedSigningKey;
import dev.latchkey.application.port.out.mail.MailId;
import dev.latchkey.domain.attempt.AttemptCount;
import dev.latchkey.domain.attempt.AttemptKey;
import dev.latchkey.domain.code.CodeHash;
import dev.latchkey.domain.code.MailedCode;
import dev.latchkey.domain.session.Session;
import dev.latchkey.domain.session.SessionId;
import dev.latchkey.domain.user.User;
import dev.latchkey.domain.user.UserId;
import dev.latchkey.domain.user.Username;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Tables in memory, and transactions on them. Every statement is atomic. A transaction that fails
 * takes back what it wrote; until then, unlike in a database, everyone can see it.
 */
public final class InMemoryStore implements Transactions {

  final Map<UserId, User> users = new HashMap<>();
  final Map<SessionId, Session> sessions = new HashMap<>();
  final Map<AttemptKey, AttemptCount> attempts = new HashMap<>();
  final SortedMap<Integer, SealedSigningKey> signingKeys = new TreeMap<>();
  final Map<UserId, InMemoryRegistrations.Registration> registrations = new HashMap<>();

  /** From when on each is free again. */
  final Map<Username, Instant> releasedUsernames = new HashMap<>();

  /** When each ended, of sessions that were deleted with their account. */
  final Map<SessionId, Instant> deletedSessions = new HashMap<>();

  final Map<CodeHash, MailedCode> mailedCodes = new HashMap<>();
  final Map<MailId, InMemoryOutbox.Waiting> outbox = new HashMap<>();

  /** By the user, the user name, or whatever else transactions take turns at. */
  private final Map<Object, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** How to take back what the transaction of a thread wrote, the latest first. */
  private final Map<Thread, Deque<Runnable>> undoLogs = new ConcurrentHashMap<>();

  @Override
  public <T> T execute(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    if (undoLogs.containsKey(thread)) {
      return work.get();
    }
    Deque<Runnable> log = new ArrayDeque<>();
    undoLogs.put(thread, log);
    try {
      T result = work.get();
      log.clear();
      return result;
    } finally {
      undoLogs.remove(thread);
      rollBack(log);
      locks.values().stream()
          .filter(ReentrantLock::isHeldByCurrentThread)
          .forEach(ReentrantLock::unlock);
    }
  }

  /** Everything that is kept now, as a value. */
  public synchronized Object contents() {
    return List.of(
        Map.copyOf(users),
        Map.copyOf(sessions),
        Map.copyOf(attempts),
        Map.copyOf(signingKeys),
        Map.copyOf(registrations),
        Map.copyOf(releasedUsernames),
        Map.copyOf(deletedSessions),
        Map.copyOf(mailedCodes),
        Map.copyOf(outbox));
  }

  /** Deletes a user and, as the database does, its sessions with it. */
  public synchronized void deleteUser(UserId id) {
    remove(users, id);
    sessions.values().stream()
        .filter(session -> session.userId().equals(id))
        .map(Session::id)
        .toList()
        .forEach(session -> remove(sessions, session));
  }

  private synchronized void rollBack(Deque<Runnable> log) {
    log.forEach(Runnable::run);
  }

  /** Nobody else reads or writes while the statement does. */
  synchronized <T> T statement(Supplier<T> work) {
    return work.get();
  }

  /** Until the transaction of this thread ends; outside of one, it has ended already. */
  void lock(Object what) {
    ReentrantLock lock = locks.computeIfAbsent(what, _ -> new ReentrantLock());
    if (undoLogs.containsKey(Thread.currentThread()) && !lock.isHeldByCurrentThread()) {
      lock.lock();
    }
  }

  synchronized <K, V> void remove(Map<K, V> table, K key) {
    V previous = table.remove(key);
    Deque<Runnable> log = undoLogs.get(Thread.currentThread());
    if (log != null && previous != null) {
      log.push(() -> table.put(key, previous));
    }
  }

  /** Inserts or replaces a row. */
  synchronized <K, V> void put(Map<K, V> table, K key, V row) {
    V previous = table.put(key, row);
    Deque<Runnable> log = undoLogs.get(Thread.currentThread());
    if (log != null) {
      log.push(previous == null ? () -> table.remove(key) : () -> table.put(key, previous));
    }
  }
}

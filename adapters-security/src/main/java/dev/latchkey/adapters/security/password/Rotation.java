package dev.latchkey.adapters.security.password;

import dev.latchkey.domain.session.ClientNetwork;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Predicate;

/**
 * What waits, in the order in which it is served: the networks take turns, and within a network
 * whatever came first is first. A network whose turn it was is the last of all, and so is one that
 * has come anew. To be used under a lock.
 */
final class Rotation<T> {

  private final Map<ClientNetwork, SequencedSet<T>> queues = new LinkedHashMap<>();

  void add(ClientNetwork network, T element) {
    queues.computeIfAbsent(network, _ -> new LinkedHashSet<>()).add(element);
  }

  /** Takes the element out, if it still waits; whatever else waits keeps its turn. */
  void remove(ClientNetwork network, T element) {
    SequencedSet<T> queue = queues.get(network);
    if (queue != null && queue.remove(element) && queue.isEmpty()) {
      queues.remove(network);
    }
  }

  /**
   * Takes out what is served next.
   *
   * @param admissible the networks that can be served now; the others are passed over and keep
   *     their turn
   */
  Optional<T> next(Predicate<ClientNetwork> admissible) {
    return queues.entrySet().stream()
        .filter(entry -> admissible.test(entry.getKey()))
        .findFirst()
        .map(entry -> take(entry.getKey(), entry.getValue()));
  }

  int size() {
    return queues.values().stream().mapToInt(SequencedSet::size).sum();
  }

  private T take(ClientNetwork network, SequencedSet<T> queue) {
    T first = queue.removeFirst();
    queues.remove(network);
    if (!queue.isEmpty()) {
      queues.put(network, queue);
    }
    return first;
  }
}

package dev.latchkey.adapters.web.ended;

import dev.latchkey.adapters.web.connection.Drain;
import dev.latchkey.domain.session.ClientNetwork;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The requests that wait for the next document. Each costs its connection and a place here; no
 * thread, and nothing of the database. Who finds no place is answered at once, which is no refusal:
 * so no caller can keep another from the news. One network gets a quarter of the places.
 */
@Singleton
public final class HeldRequests {

  /** How many wait at a time: half of the connections that are open at a time by default. */
  static final int PLACES = 1000;

  private final int places;
  private final Set<Held> held = new HashSet<>();
  private final Map<ClientNetwork, Integer> byNetwork = new HashMap<>();
  private long version;
  private boolean ending;

  @Inject
  HeldRequests(Drain drain) {
    this(PLACES);
    drain.whenBegun(this::end);
  }

  HeldRequests(int places) {
    this.places = places;
  }

  /** A class, as each is one of its own. */
  private static final class Held {

    private final ClientNetwork network;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    Held(ClientNetwork network) {
      this.network = network;
    }
  }

  /**
   * Holds a request of whoever knows that version.
   *
   * @return completes when there is another version, or the time is over, or the service stops;
   *     complete it to give up. Nothing if there is no place
   */
  synchronized Optional<CompletableFuture<Void>> hold(
      ClientNetwork network, long known, Duration atMost) {
    int ofNetwork = byNetwork.getOrDefault(network, 0);
    if (ending || held.size() >= places || ofNetwork >= Math.max(1, places / 4)) {
      return Optional.empty();
    }
    if (known < version) {
      return Optional.of(CompletableFuture.completedFuture(null));
    }
    var request = new Held(network);
    held.add(request);
    byNetwork.put(network, ofNetwork + 1);
    var _ = request.end.whenComplete((_, _) -> leave(request));
    return Optional.of(request.end.completeOnTimeout(null, atMost.toNanos(), TimeUnit.NANOSECONDS));
  }

  private synchronized void leave(Held request) {
    if (held.remove(request)) {
      byNetwork.computeIfPresent(request.network, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  /** This is the version of the documents now: whoever waits for another one is answered. */
  public void publish(long current) {
    List<Held> waiting;
    synchronized (this) {
      if (current <= version) {
        return;
      }
      version = current;
      waiting = List.copyOf(held);
    }
    waiting.forEach(request -> request.end.complete(null));
  }

  private void end() {
    List<Held> waiting;
    synchronized (this) {
      ending = true;
      waiting = List.copyOf(held);
    }
    waiting.forEach(request -> request.end.complete(null));
  }

  /** How many wait now. */
  public synchronized int count() {
    return held.size();
  }
}

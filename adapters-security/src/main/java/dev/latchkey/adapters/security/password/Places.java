package dev.latchkey.adapters.security.password;

import dev.latchkey.domain.session.ClientNetwork;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The places of those who compute or wait for their turn, and who may have one. A network gets
 * another place only while it holds fewer than are free: alone it gets about half of them, of two
 * each gets about a third, and so on; so a network that has none yet finds room, until there are
 * about as many networks as places. To be used under a lock.
 */
final class Places {

  private final int concurrency;
  private final long capacity;
  private final Map<ClientNetwork, Integer> held = new HashMap<>();

  /**
   * Of each round, from 1 on, how many networks have a turn in it: those that hold as many places
   * as the round's number, or more.
   */
  private final Map<Integer, Integer> rounds = new HashMap<>();

  private int taken;

  Places(HashingLimits limits) {
    this.concurrency = limits.concurrency();
    this.capacity = (long) limits.concurrency() + limits.queue();
  }

  void take(ClientNetwork network) {
    int round = heldBy(network) + 1;
    held.put(network, round);
    rounds.merge(round, 1, Integer::sum);
    taken++;
  }

  void giveBack(ClientNetwork network) {
    decrement(rounds, heldBy(network));
    decrement(held, network);
    taken--;
  }

  /**
   * Whether the network may have another place.
   *
   * @param mostTurns how many computations may end before its turn has come
   */
  boolean haveRoomFor(ClientNetwork network, long mostTurns) {
    return haveRoomForHolderOf(heldBy(network), mostTurns);
  }

  /** The same for one that has none. If it may not have one, no other may. */
  boolean haveRoomForNewcomer(long mostTurns) {
    return haveRoomForHolderOf(0, mostTurns);
  }

  /** An idle processor may serve anybody, even if all the others serve the same network. */
  private boolean haveRoomForHolderOf(int places, long mostTurns) {
    return taken < concurrency
        || (places < capacity - taken && turnsBeforeThatOf(places) <= mostTurns);
  }

  /**
   * With all processors busy: one of those that compute must end, then comes everybody whose round
   * is not after the caller's. A network's share is counted as if none of it were being computed,
   * but no more are counted than wait in all.
   */
  private int turnsBeforeThatOf(int places) {
    int inRounds =
        IntStream.rangeClosed(1, places + 1).map(round -> rounds.getOrDefault(round, 0)).sum();
    return 1 + Math.min(taken - concurrency, inRounds);
  }

  private int heldBy(ClientNetwork network) {
    return held.getOrDefault(network, 0);
  }

  private static <K> void decrement(Map<K, Integer> counts, K key) {
    counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }
}

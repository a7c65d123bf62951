package dev.latchkey.adapters.web.connection;

import io.netty.channel.Channel;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the service, no more than a limit. A new one above it takes the place of the
 * one that waits longest for its client; if none waits, the new one is closed. So those that do
 * nothing give way to those that come.
 */
@Singleton
final class OpenConnections {

  private final int limit;

  /** Those that were accepted, and are not ready for requests yet. */
  private final Set<Channel> arriving = new HashSet<>();

  private final Set<Channel> open = new HashSet<>();

  /** Those that wait for their client, the longest first. */
  private final Set<Channel> waiting = new LinkedHashSet<>();

  private long gaveWay;
  private long refused;
  private long timedOut;

  @Inject
  OpenConnections(ConnectionLimits limits) {
    this(limits.connections());
  }

  OpenConnections(int limit) {
    this.limit = limit;
  }

  /** Comes before {@link #opened}, on another thread. */
  synchronized void accepted(Channel connection) {
    arriving.add(connection);
  }

  void opened(Channel connection) {
    Channel surplus = add(connection);
    var _ = connection.closeFuture().addListener(_ -> remove(connection));
    if (surplus != null) {
      var _ = surplus.close();
    }
  }

  /** Returns the connection to close for it, if any. */
  private synchronized @Nullable Channel add(Channel connection) {
    boolean full = open.size() >= limit;
    if (full && waiting.isEmpty()) {
      arriving.remove(connection);
      refused++;
      return connection;
    }
    Channel surplus = full ? waiting.iterator().next() : null;
    if (surplus != null) {
      gaveWay++;
      remove(surplus);
    }
    open.add(connection);
    waiting.add(connection);
    arriving.remove(connection);
    return surplus;
  }

  private synchronized void remove(Channel connection) {
    arriving.remove(connection);
    open.remove(connection);
    waiting.remove(connection);
    if (count() == 0) {
      notifyAll();
    }
  }

  /** The client waits for the service. */
  synchronized void serves(Channel connection) {
    waiting.remove(connection);
  }

  /** The service waits for the client. */
  synchronized void waits(Channel connection) {
    if (open.contains(connection)) {
      waiting.add(connection);
    }
  }

  /** Those that were opened and not closed. */
  synchronized List<Channel> all() {
    return List.copyOf(open);
  }

  /**
   * Waits until there is none, and returns how many there are; more than 0 if the time is over.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  synchronized int awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); count() > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return count();
  }

  private int count() {
    return arriving.size() + open.size();
  }

  /** The client kept the service waiting for too long; the connection is about to be closed. */
  synchronized void countTimeOut() {
    timedOut++;
  }

  synchronized ConnectionCounts counts() {
    return new ConnectionCounts(open.size(), gaveWay, refused, timedOut);
  }
}
